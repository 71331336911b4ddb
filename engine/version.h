// SPDX-License-Identifier: MIT
/* version.h - what --version says and results carry. */
#pragma once

#define ENGINE_VERSION "0.1"
