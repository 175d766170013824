/* Makes the disk fail under an office's files: EIO, ENOSPC, short writes, syncs that fail.
 *
 * FAULTS_PREFIX: the files. FAULTS_PER_MILLE: how often. FAULTS_SEED: which. FAULTS_COUNT: a file that grows by a byte a fault.
 * FAULTS_FULL: while a file of this name is there the disk is full: nothing may be written.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static unsigned long long state;
static unsigned per_mille;
static int count = -1;
static const char *prefix, *full;

__attribute__((constructor)) static void start(void)
{
    const char *seed = getenv("FAULTS_SEED"), *rate = getenv("FAULTS_PER_MILLE"), *path = getenv("FAULTS_COUNT");
    prefix = getenv("FAULTS_PREFIX");
    full = getenv("FAULTS_FULL");
    state = (seed ? strtoull(seed, NULL, 10) : 1) * 2862933555777941757ULL + 3037000493ULL;
    per_mille = rate ? atoi(rate) : 0;
    if (path)
        count = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static unsigned draw(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 20);
}

static int ours(int fd)
{
    char link[64], path[PATH_MAX];
    if (!prefix)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t got = readlink(link, path, sizeof path - 1);
    if (got < 0)
        return 0;
    path[got] = 0;
    /* The gate is no part of what the disk keeps, and a full disk has room for a file that is there. */
    return strncmp(path, prefix, strlen(prefix)) == 0 && !strstr(path, ".gate");
}

static int struck(void)
{
    if (!per_mille || draw() % 1000 >= per_mille)
        return 0;
    if (count >= 0) {
        ssize_t (*real)(int, const void *, size_t) = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
        if (real(count, "x", 1) < 0)
            abort();
    }
    return 1;
}

static int no_room(void)
{
    return full && access(full, F_OK) == 0;
}

#define REAL(name, result, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) \
        real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name);

#define PWRITE(name) \
    ssize_t name(int fd, const void *data, size_t length, off_t offset) \
    { \
        REAL(name, ssize_t, int, const void *, size_t, off_t) \
        if (ours(fd)) { \
            if (no_room()) { \
                errno = ENOSPC; \
                return -1; \
            } \
            if (struck()) { \
                unsigned kind = draw() % 3; \
                if (kind == 2 && length > 1) \
                    return real(fd, data, length / 2, offset); \
                errno = kind ? ENOSPC : EIO; \
                return -1; \
            } \
        } \
        return real(fd, data, length, offset); \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

#define SYNC(name) \
    int name(int fd) \
    { \
        REAL(name, int, int) \
        if (ours(fd) && struck()) { \
            errno = EIO; \
            return -1; \
        } \
        return real(fd); \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name) \
    int name(int fd, off_t length) \
    { \
        REAL(name, int, int, off_t) \
        if (ours(fd) && struck()) { \
            errno = EIO; \
            return -1; \
        } \
        return real(fd, length); \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)
