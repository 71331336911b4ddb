// SPDX-License-Identifier: MIT
/* hdf5_safe_process.h - reading an untrusted file in a process of its own.
 *
 * HDF5 itself cannot be trusted with a damaged file: of single-byte changes to files without
 * checksums, one in a few hundred makes 1.10.8 write or read where it must not, whatever its caller
 * checks. So a child process reads the file, with its memory limited and nothing else to be opened,
 * and sends what it has read through a pipe; the parent checks that again. If the child dies, the
 * file is refused.
 *
 * With ASSAY_READ_IN_PROCESS set in the environment there is no child: for debuggers, and for MPI
 * transports that forbid fork.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* One end of the pipe. A function that describes a structure by moving its fields serves both ends;
 * after an error, moves do nothing. */
struct safe_pipe {
    FILE *stream;
    int writing; /* the child's end */
    int failed;
    uint64_t bytes_left; /* that the parent still accepts */
};

/* What is read: `read` fills `target`, `move` sends or receives it; `target` begins zeroed, and is
 * to be released by the caller in any case. `read` returns 0, or 2 with a sentence in `error`. */
struct safe_errand {
    const char *path;
    void *target;
    int (*read)(void *target, const char *path, char *error);
    void (*move)(struct safe_pipe *pipe, void *target);
};

/* Runs the errand in a child process. Returns 0, or 2 with a sentence in `error`. */
int safe_elsewhere(const struct safe_errand *errand, char *error);

/* Bytes of a file that are stored, without its holes; 0 if it cannot be opened. */
uint64_t safe_data(const char *path);

/* Bytes of values that a file may stand for: 64 MiB and eight times what it stores, at most 4 GiB.
 * Compressed numbers may be more than what stores them, and a small file cannot take all memory. */
uint64_t safe_budget(const char *path);

/* Where the next stored byte of an open file is, at `at` or behind a hole; UINT64_MAX: nowhere. */
uint64_t safe_next_data(int file, uint64_t at);

/* What the parent does with the child's end of the pipe, which it closes: returns 0, or 2 with the
 * child's sentence, or -1 when the child has not said that it is done, has sent nonsense, or more
 * than so many bytes. */
int safe_receive(const struct safe_errand *errand, FILE *stream, uint64_t bytes, char *error);

/* Called by safe_open when the file is open: in the child, nothing can be opened or started any
 * more. */
void safe_confine(void);

/* Moves `size` bytes. */
void safe_move(struct safe_pipe *pipe, void *bytes, size_t size);

/* Moves a string in a buffer of `size` bytes; always ends it. */
void safe_move_text(struct safe_pipe *pipe, char *text, size_t size);

/* Moves a count, and makes the array that it belongs to: on the writing side returns `array`, on
 * the reading side zeroed memory for so many elements, or NULL with *count = 0. */
void *safe_move_count(struct safe_pipe *pipe, void *array, size_t *count, size_t element);
