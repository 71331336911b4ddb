// SPDX-License-Identifier: MIT
/* hdf5_safe_process.c - reading an untrusted file in a process of its own. */
#include "hdf5_safe_process.h"

#include "case.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DONE = 0x600dda7a };

/* Processor seconds of the child: these, and one for each 16 MiB of the file. Some damaged files
 * make HDF5 loop for ever; the results of all techniques take less than a second. */
enum { CPU_SECONDS = 6, CPU_BYTES_LOG = 24 };

static int in_child; /* set in the child alone */

static const uint64_t mebibyte = UINT64_C(1) << 20;

/* Bytes that the child may take beyond what it has inherited: the values, as much again while they
 * are read, and two chunks. */
static uint64_t child_memory(const char *path)
{
    return 2 * safe_budget(path) + 160 * mebibyte;
}

/* What the parent accepts: the values and the structures around them. */
static uint64_t parcel_bytes(const char *path)
{
    uint64_t budget = safe_budget(path);
    return budget + budget / 4;
}

/* ---- moving ---------------------------------------------------------------------------------- */

void safe_move(struct safe_pipe *pipe, void *bytes, size_t size)
{
    if (pipe->failed || size == 0)
        return;
    size_t moved =
        pipe->writing ? fwrite(bytes, 1, size, pipe->stream) : fread(bytes, 1, size, pipe->stream);
    pipe->failed = moved != size;
}

void safe_move_text(struct safe_pipe *pipe, char *text, size_t size)
{
    safe_move(pipe, text, size);
    text[size - 1] = '\0';
}

void *safe_move_count(struct safe_pipe *pipe, void *array, size_t *count, size_t element)
{
    safe_move(pipe, count, sizeof *count);
    if (pipe->writing)
        return array;
    pipe->failed |= *count > pipe->bytes_left / element;
    void *made = pipe->failed ? NULL : calloc(*count + 1, element);
    if (made == NULL) {
        pipe->failed = 1;
        *count = 0;
        return NULL;
    }
    pipe->bytes_left -= *count * element;
    return made;
}

/* ---- the child ------------------------------------------------------------------------------- */

static void limit(int resource, uint64_t value)
{
    struct rlimit old = {0, 0};
    if (getrlimit(resource, &old) != 0 || (old.rlim_max != RLIM_INFINITY && old.rlim_max < value))
        return;
    struct rlimit wanted = {(rlim_t)value, (rlim_t)value};
    setrlimit(resource, &wanted);
}

/* Bytes of address space in use, or 0 where the system does not tell. */
static uint64_t memory_in_use(void)
{
    unsigned long long pages = 0;
    FILE *stream = fopen("/proc/self/statm", "r");
    if (stream == NULL)
        return 0;
    if (fscanf(stream, "%llu", &pages) != 1)
        pages = 0;
    fclose(stream);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

void safe_confine(void)
{
    if (!in_child)
        return;
    limit(RLIMIT_NOFILE, 0);
    limit(RLIMIT_FSIZE, 0);
#ifdef RLIMIT_NPROC
    limit(RLIMIT_NPROC, 0);
#endif
}

/* A crash of the child is an answer, so it is silent: no handlers of the parent, no messages, no
 * core file. */
static void quiet(const char *path)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGPIPE, SIGXCPU};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_DFL);
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) {
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
    }
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, CPU_SECONDS + (safe_data(path) >> CPU_BYTES_LOG));
    uint64_t used = memory_in_use();
    if (used > 0)
        limit(RLIMIT_AS, used + child_memory(path));
}

static _Noreturn void run_child(const struct safe_errand *errand, int file)
{
    char error[ASSAY_ERROR] = "";
    int32_t done = DONE;
    in_child = 1;
    quiet(errand->path);
    struct safe_pipe pipe = {.stream = fdopen(file, "wb"), .writing = 1};
    if (pipe.stream == NULL)
        _exit(1);
    int32_t code = errand->read(errand->target, errand->path, error);
    safe_move(&pipe, &code, sizeof code);
    if (code == 0)
        errand->move(&pipe, errand->target);
    else
        safe_move_text(&pipe, error, sizeof error);
    safe_move(&pipe, &done, sizeof done);
    /* _exit: buffers and exit handlers belong to the parent. */
    _exit(pipe.failed || fflush(pipe.stream) != 0);
}

/* ---- the parent ------------------------------------------------------------------------------ */

int safe_receive(const struct safe_errand *errand, FILE *stream, uint64_t bytes, char *error)
{
    struct safe_pipe pipe = {.stream = stream, .bytes_left = bytes};
    int32_t code = 2, done = 0;
    safe_move(&pipe, &code, sizeof code);
    if (code == 0)
        errand->move(&pipe, errand->target);
    else
        safe_move_text(&pipe, error, ASSAY_ERROR);
    safe_move(&pipe, &done, sizeof done);
    fclose(pipe.stream);
    if (pipe.failed || done != DONE)
        return -1;
    return code == 0 ? 0 : 2;
}

static int receive(const struct safe_errand *errand, int file, char *error)
{
    FILE *stream = fdopen(file, "rb");
    if (stream == NULL) {
        close(file);
        return -1;
    }
    return safe_receive(errand, stream, parcel_bytes(errand->path), error);
}

static int no_process(const struct safe_errand *errand, char *error)
{
    snprintf(error, ASSAY_ERROR,
             "%.160s: cannot be read in a process of its own: %s; free "
             "resources, or set ASSAY_READ_IN_PROCESS=1 if you trust the file",
             errand->path, strerror(errno));
    return 2;
}

int safe_elsewhere(const struct safe_errand *errand, char *error)
{
    int ends[2], status = 0;
    if (getenv("ASSAY_READ_IN_PROCESS") != NULL)
        return errand->read(errand->target, errand->path, error);
    if (pipe(ends) != 0)
        return no_process(errand, error);
    /* Another thread's child that held the writing end would keep the parent waiting. */
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(errand, ends[1]);
    }
    close(ends[1]);
    if (child < 0) {
        int code = no_process(errand, error);
        close(ends[0]);
        return code;
    }
    int code = receive(errand, ends[0], error);
    if (code < 0)
        kill(child, SIGKILL); /* it may be waiting for a reader */
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (code >= 0)
        return code;
    snprintf(error, ASSAY_ERROR,
             "%.160s: makes the library that reads it fail (a crash, no end, or no memory): "
             "the file is damaged or hostile, write it again",
             errand->path);
    return 2;
}
