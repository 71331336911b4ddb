// SPDX-License-Identifier: MIT
#include "../../reference/foundations/shared_layers.h"
#include "../fork.h"

enum change {
    FIRST_ONLY,
    SECOND_ONLY,
    AVERAGED,
    BIAS_OF_FIRST,
    DECODER_CUT_OFF,
    OWN_LOSS_LOST,
    DERIVATIVE_OF_OTHER,
    TIED_TERM_LOST,
    TIED_TRANSPOSED,
    LAST_BLOCK_LOST,
    SECOND_NOT_ACTIVATED,
    NOTHING
};

/* Everything of one call. */
struct run {
    const real *x, *s, *w, *b, *v, *c, *dcode, *dy, *ds;
    real *code, *second, *output, *dw, *db, *dv, *dc, *dx, *dx2;
    real *dz, *dz2; /* gradients before the activation */
    size_t N, M, I, H, O, block;
    int tied;
};

static struct run read(struct call *call)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct run r = {.x = call_input(call, "x", "NI"), .s = call_input(call, "s", "MI")};
    r.tied = call_choice(call, "tied", no_yes);
    r.block = call_block(call);
    r.w = call_input(call, "w", "IH");
    r.b = call_input(call, "b", "H");
    r.c = call_input(call, "c", "O");
    r.dcode = call_input(call, "dcode", "NH");
    r.dy = call_input(call, "doutput", "NO");
    r.ds = call_input(call, "dsecond", "MH");
    r.N = call_size(call, 'N');
    r.M = call_size(call, 'M');
    r.I = call_size(call, 'I');
    r.H = call_size(call, 'H');
    r.O = call_size(call, 'O');
    r.v = r.tied ? NULL : call_input(call, "v", "HO");
    r.code = call_output(call, "code", "NH");
    r.second = call_output(call, "second", "MH");
    r.output = call_output(call, "output", "NO");
    r.dw = call_output(call, "dw", "IH");
    r.db = call_output(call, "db", "H");
    r.dv = r.tied ? call_scratch(call, r.H * r.O) : call_output(call, "dv", "HO");
    r.dc = call_output(call, "dc", "O");
    r.dx = call_output(call, "dx", "NI");
    r.dx2 = call_output(call, "ds", "MI");
    r.dz = call_scratch(call, r.N * r.H);
    r.dz2 = call_scratch(call, r.M * r.H);
    return r;
}

static real decoder(const struct run *r, size_t h, size_t o)
{
    return r->tied ? r->w[o * r->H + h] : r->v[h * r->O + o];
}

/* All activations, with tanh from expm1, and the decoder's gradients. */
static void forward(struct run *r)
{
    for (size_t i = 0; i < (r->N + r->M) * r->H; i++) {
        size_t n = i / r->H, h = i % r->H;
        const real *x = n < r->N ? &r->x[n * r->I] : &r->s[(n - r->N) * r->I];
        real z = 0;
        for (size_t k = r->I; k-- > 0;)
            z += x[k] * r->w[k * r->H + h];
        z += r->b[h];
        real e = real_expm1(2 * real_abs(z)), a = z < 0 ? -(e / (e + 2)) : e / (e + 2);
        *(n < r->N ? &r->code[i] : &r->second[i - r->N * r->H]) = a;
    }
    for (size_t i = 0; i < r->N * r->O; i++) {
        size_t n = i / r->O, o = i % r->O;
        for (size_t h = 0; h < r->H; h++) {
            r->output[i] += r->code[n * r->H + h] * decoder(r, h, o);
            r->dv[h * r->O + o] += r->code[n * r->H + h] * r->dy[i];
        }
        r->output[i] += r->c[o];
        r->dc[o] += r->dy[i];
    }
}

/* Gradients before the activations, as the change has them. */
static void differentiate(struct run *r, enum change change)
{
    for (size_t i = 0; i < r->N * r->H; i++) {
        real da = change == OWN_LOSS_LOST ? 0 : r->dcode[i], a = r->code[i];
        for (size_t o = 0; change != DECODER_CUT_OFF && o < r->O; o++)
            da += r->dy[i / r->H * r->O + o] * decoder(r, i % r->H, o);
        r->dz[i] = da * (1 - a) * (1 + a);
    }
    for (size_t i = 0; i < r->M * r->H; i++) {
        real a = change == DERIVATIVE_OF_OTHER ? r->code[i % (r->N * r->H)] : r->second[i];
        r->dz2[i] = change == SECOND_NOT_ACTIVATED ? r->ds[i] : r->ds[i] * (1 - a) * (1 + a);
    }
}

static real tied_term(const struct run *r, enum change change, size_t i, size_t h)
{
    real sum = 0;
    for (size_t n = 0; r->tied && change != TIED_TERM_LOST && n < r->N; n++) {
        if (change == TIED_TRANSPOSED && i < r->H && h < r->O)
            sum += r->dy[n * r->O + h] * r->code[n * r->H + i];
        else
            sum += r->dy[n * r->O + i] * r->code[n * r->H + h];
    }
    return sum;
}

/* All gradients of the shared layer, sample by sample, from both inputs in turn. */
static void gather(struct run *r, enum change change)
{
    size_t N = r->N, M = r->M, H = r->H;
    if (change == LAST_BLOCK_LOST)
        N = (N - 1) / r->block * r->block;
    for (size_t k = 0; k < r->I * H; k++) {
        size_t i = k / H, h = k % H;
        real first = 0, second = 0;
        for (size_t n = 0; n < N; n++)
            first += r->x[n * r->I + i] * r->dz[n * H + h];
        for (size_t m = 0; m < M; m++)
            second += r->s[m * r->I + i] * r->dz2[m * H + h];
        first = change == SECOND_ONLY ? 0 : first;
        second = change == FIRST_ONLY ? 0 : second;
        real sum = tied_term(r, change, i, h) + second + first;
        r->dw[k] = change == AVERAGED ? sum / 2 : sum;
    }
    for (size_t h = 0; h < H; h++) {
        r->db[h] = 0;
        for (size_t n = 0; n < N; n++)
            r->db[h] += r->dz[n * H + h];
        for (size_t m = 0; m < M && change != BIAS_OF_FIRST; m++)
            r->db[h] += r->dz2[m * H + h];
    }
}

static void inputs(real *dx, const real *dz, const struct run *r, size_t N)
{
    for (size_t k = 0; k < N * r->I; k++) {
        dx[k] = 0;
        for (size_t h = 0; h < r->H; h++)
            dx[k] += dz[k / r->I * r->H + h] * r->w[k % r->I * r->H + h];
    }
}

static void changed(struct call *call)
{
    struct run r = read(call);
    enum change change = (enum change)call_variant(call);
    forward(&r);
    differentiate(&r, change);
    gather(&r, change);
    inputs(r.dx, r.dz, &r, r.N);
    inputs(r.dx2, r.dz2, &r, r.M);
}

static const struct fork table[] = {
    {.info = {"sample_by_sample", FORK_TWIN, "",
              "Adds products of both inputs one by one; tanh from expm1, its slope as (1-a)(1+a).",
              NULL},
     .answer = changed,
     .variant = NOTHING},
    {.info = {"first_only", FORK_BUG, "", "The layer learns from the first input alone.", NULL},
     .answer = changed,
     .variant = FIRST_ONLY},
    {.info = {"second_only", FORK_BUG, "", "The last use overwrites the first one's gradient.",
              NULL},
     .answer = changed,
     .variant = SECOND_ONLY},
    {.info = {"averaged", FORK_BUG, "", "The gradients of the uses are averaged.", NULL},
     .answer = changed,
     .variant = AVERAGED},
    {.info = {"bias_of_first", FORK_BUG, "", "The bias learns from the first input alone.", NULL},
     .answer = changed,
     .variant = BIAS_OF_FIRST},
    {.info = {"decoder_cut_off", FORK_BUG, "", "No gradient comes through the decoder.", NULL},
     .answer = changed,
     .variant = DECODER_CUT_OFF},
    {.info = {"own_loss_lost", FORK_BUG, "", "The encoder's own gradient is not added.", NULL},
     .answer = changed,
     .variant = OWN_LOSS_LOST},
    {.info = {"derivative_of_other", FORK_BUG, "",
              "The second use is differentiated at the first one's activation, the one kept.",
              NULL},
     .answer = changed,
     .variant = DERIVATIVE_OF_OTHER},
    {.info = {"tied_term_lost", FORK_BUG, "", "Tied weights do not learn as a decoder.", NULL},
     .answer = changed,
     .variant = TIED_TERM_LOST},
    {.info = {"tied_transposed", FORK_BUG, "", "The decoder's gradient is not transposed.", NULL},
     .answer = changed,
     .variant = TIED_TRANSPOSED},
    {.info = {"last_block_lost", FORK_BUG, "155",
              "The last block of the first input is left out of the gradients.", NULL},
     .answer = changed,
     .variant = LAST_BLOCK_LOST},
    {.info = {"second_not_activated", FORK_BUG, "",
              "The gradient passes the second activation unchanged.", NULL},
     .answer = changed,
     .variant = SECOND_NOT_ACTIVATED},
};

const struct fork_list shared_layers_forks = {sizeof table / sizeof *table, table};
