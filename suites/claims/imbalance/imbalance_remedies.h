// SPDX-License-Identifier: MIT
/* imbalance_remedies.h - what is done to samples so that the classes are even. */
#pragma once

#include "rare.h"

/* The training samples with class 1 filled up by copies, or by SMOTE between 5 neighbours; or with
 * class 0 cut down. */
struct samples remedy_copies(const struct rare *is);
struct samples remedy_smote(const struct rare *is);
struct samples remedy_undersampled(const struct rare *is);
