/* A clock that jumps: every reading of the time of day is off by CLOCK_AHEAD seconds, and by up to CLOCK_JUMP more, either way. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long jump(void)
{
    static unsigned state = 12345;
    const char *said = getenv("CLOCK_JUMP");
    long most = said ? atol(said) : 0;
    const char *ahead = getenv("CLOCK_AHEAD");
    long always = ahead ? atol(ahead) : 0;
    state = state * 1103515245 + 12345;
    return always + (most ? (long)(state >> 8) % (2 * most) - most : 0);
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    static int (*real)(struct timeval *, void *);
    if (!real)
        real = (int (*)(struct timeval *, void *))dlsym(RTLD_NEXT, "gettimeofday");
    int done = real(now, zone);
    now->tv_sec += jump();
    return done;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    static int (*real)(clockid_t, struct timespec *);
    if (!real)
        real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(clock, now);
    if (clock == CLOCK_REALTIME)
        now->tv_sec += jump();
    return done;
}
