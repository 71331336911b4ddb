// SPDX-License-Identifier: MIT
/* cloud.h - the data of document 004 C8. */
#pragma once

#include "../lab/samples.h"

/* 5000 points, normal around (2, 2) with standard deviation 0.5. */
struct samples cloud(struct replica *r);
