// SPDX-License-Identifier: MIT
/* keeper.h - keeps checkpoints of a training run, and takes a run up from one.
 *
 * How it is distributed: rank 0 has the files. Before it writes, it collects the slices of
 * the optimizer's state (trainer.h); what it reads is dealt out again. So a checkpoint does not know how many
 * ranks there were. All functions are collective, and return 0, or EXIT_UNUSABLE on every rank
 * after one sentence.
 */
#pragma once

#include "checkpoint_folder.h"
#include "train.h"

struct keeper {
    const struct checkpoint_request *request; /* without a folder: nothing is kept */
    struct checkpoint_folder folder;          /* rank 0 */
    struct checkpoint mine;                   /* rank 0: what is written next */
    scalar *whole;                            /* rank 0: a vector of the state, collected */
};

/* Opens the folder and, if that is asked for, puts training, course and record into the state of
 * its newest checkpoint. Without one, writes a first: a disk that is full is found at once. */
int keeper_open(struct keeper *keeper, struct arena *arena, struct training *training,
                const struct checkpoint_request *request, const struct dataset *data,
                struct course *course, struct training_record *record);

/* After a step, and after the evaluation that ends an epoch: writes a checkpoint if it is time. */
int keeper_step(struct keeper *keeper, struct training *training, const struct course *course,
                const struct training_record *record);

/* Always, also after a failure. */
void keeper_close(struct keeper *keeper);
