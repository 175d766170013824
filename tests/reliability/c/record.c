/* Records what a program does to an office's files, in order, so that power cuts can be made up from it afterwards.
 *
 * RECORD_PREFIX: files whose path begins so are recorded. RECORD_LOG: where to.
 * One entry: "%c %s %lld %lld\n" (operation, file, offset, length), then the bytes of a write.
 * A write is put down before it is done and a sync after it is done: the record never claims more than was durable.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int journal = -1;
static const char *prefix;

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("RECORD_LOG");
    prefix = getenv("RECORD_PREFIX");
    if (path && prefix)
        journal = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path)
{
    return journal >= 0 && prefix && strncmp(path, prefix, strlen(prefix)) == 0;
}

static int named(int fd, char *path)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t got = readlink(link, path, PATH_MAX - 1);
    path[got < 0 ? 0 : got] = 0;
    return ours(path);
}

/* The folder of our files: syncing it makes what was unlinked or renamed in it so for good. */
static int is_folder(const char *path)
{
    size_t length = strlen(path);
    return journal >= 0 && prefix && strncmp(path, prefix, length) == 0 && prefix[length] == '/' && !strchr(prefix + length + 1, '/');
}

static void note(char operation, const char *path, off_t offset, const void *data, size_t length)
{
    char head[PATH_MAX + 64];
    int size = snprintf(head, sizeof head, "%c %s %lld %lld\n", operation, path, (long long)offset, (long long)length);
    struct iovec parts[2] = {{head, size}, {(void *)data, data ? length : 0}};
    if (writev(journal, parts, data ? 2 : 1) < 0)
        abort();
}

#define REAL(name, result, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) \
        real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name);

#define PWRITE(name) \
    ssize_t name(int fd, const void *data, size_t length, off_t offset) \
    { \
        REAL(name, ssize_t, int, const void *, size_t, off_t) \
        char path[PATH_MAX]; \
        if (named(fd, path)) \
            note('w', path, offset, data, length); \
        return real(fd, data, length, offset); \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t write(int fd, const void *data, size_t length)
{
    REAL(write, ssize_t, int, const void *, size_t)
    char path[PATH_MAX];
    if (journal >= 0 && fd > 2 && named(fd, path))
        note('w', path, (fcntl(fd, F_GETFL) & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR), data, length);
    return real(fd, data, length);
}

#define SYNC(name) \
    int name(int fd) \
    { \
        REAL(name, int, int) \
        int done = real(fd); \
        char path[PATH_MAX]; \
        if (done == 0 && (named(fd, path) || is_folder(path))) \
            note('s', path, 0, NULL, 0); \
        return done; \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name) \
    int name(int fd, off_t length) \
    { \
        REAL(name, int, int, off_t) \
        char path[PATH_MAX]; \
        if (named(fd, path)) \
            note('t', path, length, NULL, 0); \
        return real(fd, length); \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

int unlink(const char *path)
{
    REAL(unlink, int, const char *)
    if (ours(path))
        note('u', path, 0, NULL, 0);
    return real(path);
}

int rename(const char *from, const char *to)
{
    REAL(rename, int, const char *, const char *)
    if (ours(from) || ours(to))
        note('r', from, 0, to, strlen(to));
    return real(from, to);
}
