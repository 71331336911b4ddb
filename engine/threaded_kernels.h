// SPDX-License-Identifier: MIT
/* threaded_kernels.h - the kernels on all threads of a rank (threads.h): the same bits, since each
 * element is computed by one thread. */
#pragma once

#include "kernels/kernels.h"

/* What `kernels` does, cut into pieces where there is enough to do; `kernels` itself when there is
 * one thread. The result stays valid until the next call. */
const struct kernels *threaded_kernels(const struct kernels *kernels);
