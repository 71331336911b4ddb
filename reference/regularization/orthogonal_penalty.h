// SPDX-License-Identifier: MIT
/* Orthogonality penalty: columns or rows of a matrix are pulled towards orthonormal ones.
 *
 *     G = w' w - 1 (C,C),  H = w w' - 1 (R,R)
 *     penalty = f lambda |G|^2,  or of H, or of both        |.|^2: the sum of squares
 *     dw      = 4 f lambda (w G, or H w, or both) dpenalty
 *     orthonormality = max |G|, max |H|, or the larger of them
 *
 * w (R,C); a convolution is flattened to one of these shapes; dpenalty is a scalar, 1 when it is
 * not given.
 *
 * Conventions: sides = columns (default: w' w, "soft orthogonality"), rows, or both (double soft
 *     orthogonality, for matrices that are not square). diagonal = included (default) or excluded:
 *     the diagonals of G and H are 0, so that directions are pulled apart and lengths stay free
 *     (Brock, Donahue and Simonyan 2019). half = no (default: f = 1, both papers) or yes (f = 1/2).
 * Source: Bansal, Chen and Wang 2018, section 3. Keras's OrthogonalRegularizer is another one: it
 *     looks at angles between normalised rows or columns.
 * Edge cases: more columns than rows cannot be orthonormal: the penalty of columns stays above 0.
 *     An orthonormal w costs nothing. A matrix of zeros costs f lambda C and has no gradient. A
 *     negative lambda and an empty matrix are refused.
 * Order of operations: G in blocks over rows, the 1 subtracted last; H a chain over columns. |G|^2
 *     a chain over its elements; |H|^2 chains in rows, rows in blocks; factor (|G|^2 + |H|^2). w G
 *     and H w chains from 0, w G + H w; ((4 factor) sum) dpenalty.
 */
#pragma once

#include "../call.h"

struct orthogonality {
    int columns, rows, off_diagonal; /* what is penalised */
    size_t R, C, block;
    real factor, dpenalty; /* f lambda */
    const real *w;
    real *penalty, *dw, *orthonormality; /* outputs */
    real *G, *H, *row;                   /* (C,C), (R,R), (R) */
};

/* Reads inputs, makes outputs. */
struct orthogonality orthogonality_read(struct call *call);

/* Inputs w, and optionally dpenalty; outputs penalty, dw, orthonormality. */
void orthogonal_penalty_answer(struct call *call);
