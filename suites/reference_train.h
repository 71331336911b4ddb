// SPDX-License-Identifier: MIT
#pragma once

/* `assay-reference train`: arguments without the command's name; returns the exit status. */
int reference_train(int count, char **argument);
