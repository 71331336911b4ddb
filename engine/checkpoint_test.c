// SPDX-License-Identifier: MIT
/* checkpoint_test.c - a checkpoint comes back to the bit or is refused, whatever happens to its
 * file; and a folder keeps one that is whole. Needs no MPI. */
#include "../suites/protocol/case_test_files.h"
#include "../suites/protocol/recipe.h"
#include "checkpoint_folder.h"
#include "hash.h"
#include "training.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>

enum { PARAMETERS = 40, STEPS = 10, PER_EPOCH = 5, BATCH = 4 };

static const struct checkpoint_course course = {STEPS, PER_EPOCH, BATCH};
static double parameter[PARAMETERS], moment[PARAMETERS], epoch[3 * STEPS], loss[2 * STEPS];
static unsigned char pixels[] = {1, 2, 3, 4}, labels[] = {0, 1}, split[] = {0, 1};
static const struct dataset data = {.samples = 2,
                                    .features = 2,
                                    .classes = 2,
                                    .pixels = pixels,
                                    .labels = labels,
                                    .split = split,
                                    .maximum = 16};
static const struct setting_record setting = {2, 1, true, "f32", "scalar"};

/* What a run with this recipe would write after so many steps. */
static struct checkpoint sample_of(const struct recipe *recipe, size_t step)
{
    struct checkpoint c = {.settings = 0};
    char error[CHECKPOINT_ERROR];
    assert_int_equal(checkpoint_describe(&c, recipe, &data, &setting, error), 0);
    for (size_t i = 0; i < PARAMETERS; i++) {
        parameter[i] = (double)(float)(0.1 * (double)(step + i));
        moment[i] = -parameter[i];
    }
    checkpoint_set(&c, "step", (double)step);
    checkpoint_set(&c, "epoch", (double)(step / PER_EPOCH));
    checkpoint_set(&c, "position", (double)(step % PER_EPOCH * BATCH));
    checkpoint_set(&c, "loss_sum", 0.1);
    checkpoint_set_array(&c, "parameters", true, PARAMETERS, 1, parameter);
    checkpoint_set_array(&c, "velocity", true, PARAMETERS, 1, moment);
    checkpoint_set_array(&c, "epochs", false, step / PER_EPOCH, 3, epoch);
    checkpoint_set_array(&c, "losses", false, step < 3 ? step : 3, 2, loss);
    return c;
}

static struct checkpoint sample(size_t step)
{
    struct recipe recipe = recipe_default();
    recipe.rate = 0.001F;
    return sample_of(&recipe, step);
}

static void assert_says(const char *error, const char *words)
{
    assert_non_null(strstr(error, words));
    assert_null(strchr(error, '\n'));
}

static void assert_same(const struct checkpoint *left, const struct checkpoint *right)
{
    char hash[2][HASH_TEXT];
    checkpoint_hash(left, hash[0]);
    checkpoint_hash(right, hash[1]);
    assert_string_equal(hash[0], hash[1]);
}

/* ---- one file -------------------------------------------------------------------------------- */

static void test_everything_comes_back_to_the_bit(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint mine = sample(7), found;
    const double odd[] = {-0.0, INFINITY, -INFINITY, NAN, 0x1p-149, -0x1.fffffep127, 0x1p-126};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        parameter[i] = moment[PARAMETERS - 1 - i] = odd[i];
    epoch[0] = 0x1.123456789abcdp-1000;
    checkpoint_set(&mine, "loss_sum", 0x1.fffffffffffffp-2);
    assert_int_equal(checkpoint_write(&mine, in_folder("one"), error), 0);
    assert_int_equal(checkpoint_read(&found, in_folder("one"), error), 0);
    assert_same(&mine, &found);
    assert_int_equal(found.settings, mine.settings);
    assert_int_equal(found.numbers, mine.numbers);
    assert_int_equal(found.arrays, mine.arrays);
    assert_true(checkpoint_number(&found, "loss_sum") == 0x1.fffffffffffffp-2);
    assert_memory_equal(checkpoint_array(&found, "parameters")->value, parameter, sizeof parameter);
    assert_memory_equal(checkpoint_array(&found, "epochs")->value, epoch, 3 * sizeof *epoch);
    assert_int_equal(checkpoint_compare(&found, &mine, "one", error), 0);
    checkpoint_release(&found);
}

static void test_before_the_first_step_arrays_are_empty(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint mine = sample(0), found;
    assert_int_equal(checkpoint_write(&mine, in_folder("none"), error), 0);
    assert_int_equal(checkpoint_read(&found, in_folder("none"), error), 0);
    assert_same(&mine, &found);
    assert_int_equal(checkpoint_array(&found, "epochs")->rows, 0);
    checkpoint_release(&found);
}

static void assert_refuses(const struct recipe *recipe, const char *words)
{
    char error[CHECKPOINT_ERROR] = "";
    struct checkpoint found = sample(7), mine = sample_of(recipe, 7);
    assert_int_equal(checkpoint_compare(&found, &mine, "folder/file", error), 2);
    assert_says(error, words);
    assert_says(error, "folder/file");
}

static void test_another_recipe_is_named(void **state)
{
    (void)state;
    struct recipe recipe = recipe_default();
    recipe.rate = 0.002F;
    assert_refuses(&recipe, "--rate 0.001, and this one has 0.002");
    recipe.rate = nextafterf(0.001F, 1);
    assert_refuses(&recipe, "--rate 0.001, and this one has 0.0010000002");
    recipe.rate = 0.001F;
    recipe.hidden_layers = 1;
    assert_refuses(&recipe, "--hidden 128,64, and this one has 128");
    recipe.hidden_layers = 0;
    assert_refuses(&recipe, "--hidden 128,64, and this one has none");
    recipe.hidden_layers = 2;
    recipe.seed = UINT64_MAX;
    assert_refuses(&recipe, "--seed 1, and this one has 18446744073709551615");
    recipe.seed = 1;
    recipe.optimizer = RECIPE_MOMENTUM;
    assert_refuses(&recipe, "--optimizer adam, and this one has momentum");
    recipe.optimizer = RECIPE_ADAM;
    char error[CHECKPOINT_ERROR] = "";
    struct checkpoint found = sample(7);
    pixels[3]++;
    struct checkpoint mine = sample(7);
    pixels[3]--;
    assert_int_equal(checkpoint_compare(&found, &mine, "file", error), 2);
    assert_says(error, "a run on other --data");
    mine = sample(7);
    for (size_t i = 0; i < found.settings; i++)
        if (strcmp(found.setting[i].name, "normalization") == 0)
            found.setting[i] = found.setting[--found.settings];
    assert_int_equal(checkpoint_compare(&found, &mine, "file", error), 2);
    assert_says(error, "file: does not say --normalization, so an older program wrote it");
}

/* ---- damage ---------------------------------------------------------------------------------- */

static unsigned char bytes[1 << 16];

static size_t load_bytes(const char *path)
{
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    size_t size = fread(bytes, 1, sizeof bytes, stream);
    fclose(stream);
    assert_true(size > 0 && size < sizeof bytes);
    return size;
}

static void save_bytes(const char *path, size_t size)
{
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

/* A byte may mean nothing to a reader, and the file still be the same checkpoint. */
static void test_a_flipped_bit_is_found_or_changes_nothing(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint mine = sample(7), found;
    assert_int_equal(checkpoint_write(&mine, in_folder("whole"), error), 0);
    size_t size = load_bytes(in_folder("whole")), refused = 0, tries = 0;
    for (size_t at = 0; at < size; at += 7, tries++) {
        const unsigned char flip = (unsigned char)(1U << at % 8);
        bytes[at] ^= flip;
        save_bytes(in_folder("flipped"), size);
        bytes[at] ^= flip;
        if (checkpoint_read(&found, in_folder("flipped"), error) != 0) {
            assert_says(error, "flipped");
            refused++;
            continue;
        }
        assert_same(&mine, &found);
        checkpoint_release(&found);
    }
    assert_true(tries > 300 && refused > tries / 10 * 9);
}

static void test_a_shorter_file_is_refused(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint mine = sample(7), found;
    assert_int_equal(checkpoint_write(&mine, in_folder("whole"), error), 0);
    size_t size = load_bytes(in_folder("whole"));
    for (size_t length = 0; length < size; length += size / 16) {
        save_bytes(in_folder("short"), length);
        assert_int_equal(checkpoint_read(&found, in_folder("short"), error), 2);
        assert_says(error, "short");
    }
    save_bytes(in_folder("short"), size - 1);
    assert_int_equal(checkpoint_read(&found, in_folder("short"), error), 2);
}

/* A hash can be computed by anybody: what it vouches for need not make sense. */
static void test_nonsense_with_a_right_hash_is_refused(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint mine = sample(7), nonsense[5], found;
    struct checkpoint_folder folder;
    bool is_there;
    for (size_t i = 0; i < 5; i++)
        nonsense[i] = sample(7);
    checkpoint_set(&nonsense[0], "step", 8);
    checkpoint_set(&nonsense[1], "position", NAN);
    checkpoint_set_array(&nonsense[2], "parameters", true, PARAMETERS - 1, 1, parameter);
    checkpoint_set_array(&nonsense[3], "velocities", true, PARAMETERS, 1, moment);
    checkpoint_set_array(&nonsense[4], "epochs", false, 2, 3, epoch);
    files_with("", 1);
    assert_int_equal(checkpoint_folder_open(&folder, test_folder, error), 0);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(
            checkpoint_write(&nonsense[i], in_folder("checkpoint-000000000007.h5"), error), 0);
        assert_int_equal(checkpoint_folder_load(&folder, &mine, &course, &found, &is_there, error),
                         2);
        assert_says(error, "do not belong together");
    }
    checkpoint_folder_close(&folder);
}

static void test_other_files_are_refused(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint found;
    assert_int_equal(checkpoint_read(&found, "data/digits.h5", error), 2);
    assert_says(error, "digits.h5");
    assert_int_equal(checkpoint_read(&found, "data/activations/tanh.h5", error), 2);
    assert_says(error, "assay-checkpoint");
    assert_int_equal(checkpoint_read(&found, test_folder, error), 2);
    assert_says(error, "is a directory");
    assert_int_equal(checkpoint_read(&found, in_folder("nothing"), error), 2);
    assert_says(error, "nothing");
}

/* ---- the folder ------------------------------------------------------------------------------ */

/* The step that a run would go on from; -1: from the beginning, -2: it refuses. */
static int resumed(struct checkpoint_folder *folder, char *error)
{
    struct checkpoint mine = sample(0), found;
    bool is_there;
    if (checkpoint_folder_load(folder, &mine, &course, &found, &is_there, error) != 0)
        return -2;
    if (!is_there)
        return -1;
    int step = (int)checkpoint_number(&found, "step");
    checkpoint_release(&found);
    return step;
}

static void store(struct checkpoint_folder *folder, size_t step)
{
    char error[CHECKPOINT_ERROR];
    struct checkpoint mine = sample(step);
    assert_int_equal(checkpoint_folder_store(folder, &mine, step, error), 0);
}

static void damage(const char *name)
{
    size_t size = load_bytes(in_folder(name));
    save_bytes(in_folder(name), size / 2);
}

static void test_two_are_kept_and_the_newest_whole_one_is_used(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint_folder folder;
    files_with("", 1);
    assert_int_equal(checkpoint_folder_open(&folder, test_folder, error), 0);
    assert_false(checkpoint_folder_holds(&folder));
    assert_int_equal(resumed(&folder, error), -1);
    save_bytes(in_folder("notes-checkpoint-000000000002.h5"), 1);
    for (size_t step = 0; step <= 6; step += 2)
        store(&folder, step);
    assert_true(checkpoint_folder_holds(&folder));
    assert_int_equal(files_with("", 0), 3);
    assert_int_equal(resumed(&folder, error), 6);
    damage("checkpoint-000000000006.h5");
    assert_int_equal(resumed(&folder, error), 4);
    store(&folder, 5); /* the damaged one is in the way of nothing */
    assert_int_equal(files_with("", 0), 3);
    assert_int_equal(files_with("00006.h5", 0), 0);
    assert_int_equal(resumed(&folder, error), 5);
    damage("checkpoint-000000000004.h5");
    assert_int_equal(resumed(&folder, error), 5);
    damage("checkpoint-000000000005.h5");
    assert_int_equal(resumed(&folder, error), -2);
    assert_says(error, "none of the 2 checkpoints");
    checkpoint_folder_close(&folder);
}

static void test_leftovers_are_removed_and_nothing_else(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint_folder folder;
    static const char *const left[] = {"checkpoint-000000000006.h5.12.0.tmp",
                                       "checkpoint-000000000006.h5.4711.99.tmp"};
    static const char *const foreign[] = {"checkpoint-000000000006.h5.txt", "notes.tmp",
                                          "checkpoint-6.h5.12.0.tmp",
                                          "checkpoint-000000000006.h5.mine.tmp"};
    files_with("", 1);
    bytes[0] = 1;
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        save_bytes(in_folder(left[i]), 1);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        save_bytes(in_folder(foreign[i]), 1);
    assert_int_equal(checkpoint_folder_open(&folder, test_folder, error), 0);
    assert_int_equal(files_with("", 0), sizeof foreign / sizeof *foreign);
    assert_false(checkpoint_folder_holds(&folder));
    checkpoint_folder_close(&folder);
}

static void test_a_full_disk_leaves_the_one_before(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint_folder folder;
    struct rlimit before, small;
    files_with("", 1);
    assert_int_equal(checkpoint_folder_open(&folder, test_folder, error), 0);
    store(&folder, 4);
    store(&folder, 5);
    struct checkpoint mine = sample(6);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 1000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    int code = checkpoint_folder_store(&folder, &mine, 6, error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(code, 2);
    assert_says(error, "cannot be written");
    assert_int_equal(files_with("", 0), 2);
    assert_int_equal(resumed(&folder, error), 5);
    checkpoint_folder_close(&folder);
}

/* Who may write into the folder could place a link there, and have us overwrite what it names. */
static void test_nothing_is_written_through_a_link(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint_folder folder;
    files_with("", 1);
    bytes[0] = 42;
    save_bytes(in_folder("precious"), 1);
    assert_int_equal(symlink("precious", in_folder("checkpoint-000000000004.h5")), 0);
    assert_int_equal(checkpoint_folder_open(&folder, test_folder, error), 0);
    store(&folder, 4);
    assert_int_equal(load_bytes(in_folder("precious")), 1);
    assert_int_equal(bytes[0], 42);
    assert_int_equal(resumed(&folder, error), 4);
    checkpoint_folder_close(&folder);
}

static void test_what_is_no_folder_is_refused(void **state)
{
    (void)state;
    char error[CHECKPOINT_ERROR];
    struct checkpoint_folder folder;
    files_with("", 1);
    save_bytes(in_folder("file"), 1);
    assert_int_equal(checkpoint_folder_open(&folder, in_folder("file"), error), 2);
    assert_says(error, "is not a folder");
    assert_int_equal(checkpoint_folder_open(&folder, in_folder("no/folder"), error), 2);
    assert_says(error, "parent folder");
    assert_int_equal(checkpoint_folder_open(&folder, in_folder("new"), error), 0);
    checkpoint_folder_close(&folder);
    assert_int_equal(rmdir(in_folder("new")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_comes_back_to_the_bit),
        cmocka_unit_test(test_before_the_first_step_arrays_are_empty),
        cmocka_unit_test(test_another_recipe_is_named),
        cmocka_unit_test(test_a_flipped_bit_is_found_or_changes_nothing),
        cmocka_unit_test(test_a_shorter_file_is_refused),
        cmocka_unit_test(test_nonsense_with_a_right_hash_is_refused),
        cmocka_unit_test(test_other_files_are_refused),
        cmocka_unit_test(test_two_are_kept_and_the_newest_whole_one_is_used),
        cmocka_unit_test(test_leftovers_are_removed_and_nothing_else),
        cmocka_unit_test(test_a_full_disk_leaves_the_one_before),
        cmocka_unit_test(test_nothing_is_written_through_a_link),
        cmocka_unit_test(test_what_is_no_folder_is_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder) != 0;
}
