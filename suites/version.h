// SPDX-License-Identifier: MIT
#pragma once

#define ASSAY_VERSION "0.1"
