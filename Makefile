# SPDX-License-Identifier: MIT
# Assay. The two commands: `make deps bench` and `make deps test`. `make help` lists the rest.
#
# BUILD=dir        build somewhere else             CC=clang         with another compiler
# SANITIZE=1       with AddressSanitizer and UBSan  V=1              show every command
# SANITIZE=quick   so without the suites' cases and forks
# SMPI=1           the engine for SimGrid's MPI, which loads programs as libraries

BUILD ?= build
, := ,
CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
Q := $(if $(V),,@)
# Of the compiler, which may be a cross-compiler.
ARCH := $(patsubst arm64,aarch64,$(firstword $(subst -, ,$(shell $(CC) -dumpmachine 2>/dev/null))))

# --- flags -----------------------------------------------------------------------------------------
# No -march=native, no fast-math: bits must not depend on the machine or the compiler's mood.
# CONTRACT=fast is for the test that shows why.
CONTRACT ?= off
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Werror
SANITIZER := $(if $(SANITIZE),-fsanitize=address -fsanitize=undefined -fno-omit-frame-pointer)
OPTIMIZED := $(if $(SANITIZE),-O1,-O2)
ENGINE_OPTIMIZED := $(if $(SANITIZE),-O1,-O3)
COMMON = -std=c11 $(OPTIMIZED) -g1 -ffp-contract=$(CONTRACT) -D_POSIX_C_SOURCE=200809L $(WARNINGS) \
         $(SANITIZER) $(if $(SMPI),-fPIC) -MMD -MP
# The bounds change the rounding direction, so the compiler must not compute ahead of it.
NUMERICS = $(COMMON) -frounding-math -Werror=float-conversion -Werror=implicit-function-declaration

# Elementwise loops of the engine must vectorise; their results do not depend on it.
CORE = $(COMMON) $(ENGINE_OPTIMIZED) -fno-math-errno -fno-trapping-math
ENGINE = $(CORE) $(package_cflags)

# Asked only when something is built, so that `make deps` works on a bare machine, and then once.
once = $(eval $(1) := $(shell $(2) 2>/dev/null))$($(1))
PACKAGES := hdf5 zlib jansson libxml-2.0 libcrypto libzip
package_cflags = $(call once,package_cflags,pkg-config --cflags $(PACKAGES))
package_libs = $(call once,package_libs,pkg-config --libs $(PACKAGES))
openblas_cflags = $(call once,openblas_cflags,pkg-config --cflags openblas)
# SimGrid brings another BLAS along, whose functions have the same names: static, so that ours are.
openblas_flags := pkg-config $(if $(SMPI),--static --libs openblas | \
    sed 's/-lopenblas/-Wl$(,)-Bsymbolic -l:libopenblas.a/',--libs openblas)
openblas_libs = $(call once,openblas_libs,$(openblas_flags))
# For SimGrid: what smpicc would say, but for the header that replaces functions of the C library.
mpi_flags := $(if $(SMPI),smpicc -show -c | sed 's/^[^ ]* -include [^ ]*/-include ci\/cluster\/smpi.h/', \
               mpicc --showme:compile)
mpi_cflags = $(call once,mpi_cflags,$(mpi_flags))
export OMPI_CC = $(CC)
MPICC := $(if $(SMPI),smpicc,mpicc)
LIBRARIES = $(package_libs) -lm

# --- what is built ---------------------------------------------------------------------------------
PRECISIONS := f32 f64 f128
BITS_f32 := 24
BITS_f64 := 53
BITS_f128 := 113

not_tests = $(filter-out %_test.c,$(1))
PROTOCOL := $(call not_tests,$(wildcard suites/protocol/*.c))
PLAIN := reference/request.c reference/random.c reference/unit_roundoff.c
NUMERIC := $(call not_tests,$(filter-out $(PLAIN),$(wildcard reference/*.c reference/*/*.c))) \
           suites/numerics.c $(wildcard suites/*/*_forks.c)
ORACLE := $(filter-out suites/numerics.c suites/low_arithmetic.c suites/reference_%.c, \
            $(call not_tests,$(wildcard suites/*.c)))
EXCHANGE := $(call not_tests,$(wildcard suites/exchange/*.c))
# Claims: what is read by everybody, and the experiments, which are binary32 on the engine.
CLAIMS := $(call not_tests,$(filter-out suites/claims/main.c,$(wildcard suites/claims/*.c)) \
            $(wildcard suites/claims/*/claims.c))
EXPERIMENTS := $(call not_tests,$(wildcard suites/claims/*.c)) $(wildcard suites/claims/*/*.c) \
               reference/random.c
ASSAY := $(PLAIN) $(PROTOCOL) $(ORACLE) $(EXCHANGE) $(wildcard suites/command/*.c) \
         $(wildcard suites/*/*_cases.c) $(CLAIMS)
REFERENCE := $(PLAIN) $(PROTOCOL) $(wildcard suites/reference_*.c) suites/case_builder.c \
             suites/work.c

# What every technique has of cases and forks is half of all sources.
FOLDER_suites := $(if $(filter quick,$(SANITIZE)),build,$(BUILD))
objects = $(patsubst %.c,$(BUILD)/plain/%.o,$(filter-out suites/%_cases.c,$(1))) \
          $(patsubst %.c,$(FOLDER_suites)/plain/%.o,$(filter suites/%_cases.c,$(1)))
# The numeric objects of a precision.
numeric = $(patsubst %.c,$(FOLDER_$(1))/$(1)/%.o,$(filter-out suites/%_forks.c,$(NUMERIC))) \
          $(patsubst %.c,$(if $(filter f64,$(1)),$(FOLDER_suites),$(FOLDER_$(1)))/$(1)/%.o, \
              $(filter suites/%_forks.c,$(NUMERIC)))
# Sanitizers look at binary64; the same sources in the other precisions are those of the plain build.
FOLDER_f64 := $(BUILD)
FOLDER_f32 := $(if $(SANITIZE),build,$(BUILD))
FOLDER_f128 := $(FOLDER_f32)
LOW := bf16 f16
LOW_BITS_bf16 := 8
LOW_BITS_f16 := 11
NUMERICS_OBJECTS := $(foreach p,$(PRECISIONS),$(FOLDER_$(p))/numerics_$(p).o)
LOW_OBJECTS := $(LOW:%=$(FOLDER_f128)/numerics_%.o)

# The engine: its numeric sources are those that know what a scalar is.
ENGINE_ALL := $(call not_tests,$(wildcard engine/*.c))
ENGINE_PLAIN := $(filter engine/arena.c engine/broadcast.c engine/cases.c engine/checkpoint%.c \
                  engine/failure.c engine/hash.c engine/launch.c engine/layout.c engine/main.c engine/memory.c \
                  engine/options.c engine/random.c engine/sample_stream.c engine/threads.c \
                  engine/training_case.c engine/training_json.c engine/world.c,$(ENGINE_ALL))
ENGINE_NUMERIC := $(filter-out $(ENGINE_PLAIN),$(ENGINE_ALL)) \
                  $(call not_tests,$(filter-out engine/kernels/% engine/core/%,$(wildcard engine/*/*.c)))
WIDTHS := $(if $(filter x86_64,$(ARCH)),scalar 256 512,$(if $(filter aarch64,$(ARCH)),scalar 128,scalar))
BITS_scalar := 64
BITS_128 := 128
BITS_256 := 256
BITS_512 := 512
FLAGS_256 := -mavx2 -mfma
FLAGS_512 := -mavx512f -mavx2 -mfma -mprefer-vector-width=512
SCALAR_f32 := SCALAR_F32
SCALAR_f64 := SCALAR_F64
KERNELS = $(foreach p,f32 f64,$(FOLDER_$(p))/kernels/$(p)/select.o $(WIDTHS:%=$(FOLDER_$(p))/kernels/$(p)/%.o))

BENCH := $(PLAIN) $(PROTOCOL) $(ORACLE) $(CLAIMS) $(wildcard suites/*/*_cases.c) $(wildcard suites/bench/*.c)

.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
.PHONY: all all-with-tests programs help deps info clean format lint smoke test test-all fuzz \
        replay bench speed peers claims bits simulation golden report exhaustive kernels core arm64
# On all cores, unless make was called with -j. Another make does it, so that `make deps test` first
# installs and then builds.
JOBS = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))
all:
	$(Q)$(MAKE) --no-print-directory $(JOBS) programs

all-with-tests:
	$(Q)$(MAKE) --no-print-directory $(JOBS) programs $(UNIT) $(FUZZ_REPLAY)

programs: $(BUILD)/assay $(BUILD)/assay-reference $(BUILD)/assay-engine $(BUILD)/assay-bench \
          $(if $(filter quick,$(SANITIZE)),,$(BUILD)/assay-claims)

help:
	@sed -n 's/^#: //p' Makefile

$(BUILD)/assay: $(call objects,$(ASSAY)) $(NUMERICS_OBJECTS) $(LOW_OBJECTS)
	@echo "link $@"
	$(Q)$(CC) $(SANITIZER) -o $@ $^ $(LIBRARIES)

$(BUILD)/assay-reference: $(call objects,$(REFERENCE)) $(NUMERICS_OBJECTS)
	@echo "link $@"
	$(Q)$(CC) $(SANITIZER) -o $@ $^ $(LIBRARIES)

$(BUILD)/assay-engine: $(call objects,$(ENGINE_PLAIN) reference/request.c $(PROTOCOL)) \
                       $(FOLDER_f32)/engine_f32.o $(FOLDER_f64)/engine_f64.o $(KERNELS)
	@echo "link $@"
	$(Q)$(MPICC) $(SANITIZER) -o $@ $^ $(LIBRARIES) $(openblas_libs)

$(BUILD)/assay-bench: $(call objects,$(BENCH)) $(NUMERICS_OBJECTS) $(LOW_OBJECTS)
	@echo "link $@"
	$(Q)$(CC) $(SANITIZER) -o $@ $^ $(LIBRARIES) $(shell pkg-config --libs hwloc 2>/dev/null)

# Experiments call the engine's functions of binary32. Their own names stay their own.
$(BUILD)/assay-claims: $(BUILD)/experiments.o $(BUILD)/engine_f32.a $(FOLDER_f32)/kernels/f32/select.o \
                       $(WIDTHS:%=$(FOLDER_f32)/kernels/f32/%.o)
	@echo "link $@"
	$(Q)$(MPICC) $(SANITIZER) -o $@ $^ $(LIBRARIES) $(openblas_libs)

$(BUILD)/experiments.o: $(EXPERIMENTS:%.c=$(BUILD)/experiments/%.o)
	$(Q)ld -r -o $@ $^
	$(Q)objcopy --keep-global-symbol=main $@

$(BUILD)/engine_f32.a: $(patsubst engine/%.c,$(FOLDER_f32)/engine/f32/%.o,$(filter-out engine/program.c,$(ENGINE_NUMERIC))) \
                       $(call objects,$(filter-out engine/main.c,$(ENGINE_PLAIN)) suites/progress.c \
                           reference/request.c $(PROTOCOL))
	$(Q)rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/experiments/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ENGINE) $(mpi_cflags) $(openblas_cflags) -DSCALAR_F32 -DCLAIMS_EXPERIMENTS \
	    -Wno-missing-prototypes -c $< -o $@

$(BUILD)/plain/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(COMMON) $(package_cflags) -c $< -o $@

$(BUILD)/plain/engine/%.o: engine/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(COMMON) $(mpi_cflags) $(package_cflags) -c $< -o $@

# The confirmation of goldens computes in binary128; the record names the flags.
$(call objects,suites/confirm.c suites/work.c reference/unit_roundoff.c): COMMON += -DREAL_BITS=113
$(BUILD)/plain/suites/bench/environment.o: COMMON += '-DASSAY_FLAGS="-std=c11 -O2 -ffp-contract=off"'

# What a technique defines is declared where all techniques are collected: see case_builder.h.
$(call objects,$(wildcard suites/*/*_cases.c)): COMMON += -Wno-missing-prototypes

# One source, three precisions: each set is linked into one object in which only its table stays
# visible, so that a program can hold all three. Calls of elementary functions are counted, but in
# binary128 (suites/work.h).
FUNCTIONS := exp expm1 log log1p tanh cos sin erfc
counted := $(foreach f,$(FUNCTIONS),--redefine-sym $(f)f128=counted_$(f)f128)
define precision_rules
$(FOLDER_$(1))/$(1)/%.o: %.c
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(NUMERICS) -DREAL_BITS=$(BITS_$(1)) -c $$< -o $$@

$(FOLDER_$(1))/numerics_$(1).o: $(call numeric,$(1))
	$$(Q)ld -r -o $$@ $$^
	$$(Q)objcopy --keep-global-symbol=numerics_$(1) $(if $(filter f128,$(1)),,$(counted)) $$@
endef
$(foreach p,$(PRECISIONS),$(eval $(call precision_rules,$(p))))

# The objects of binary128 once more, with their arithmetic renamed to one that rounds to fewer bits
# (suites/low_arithmetic.h).
low_names := __addtf3=low_add __subtf3=low_subtract __multf3=low_multiply __divtf3=low_divide \
             fmaf128=low_fma sqrtf128=low_root numerics_f128=numerics_
define low_rules
$(FOLDER_f128)/low/$(1).o: suites/low_arithmetic.c
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(NUMERICS) -DREAL_BITS=113 -DLOW_BITS=$(LOW_BITS_$(1)) -c $$< -o $$@

$(FOLDER_f128)/numerics_$(1).o: $(FOLDER_f128)/numerics_f128.o $(FOLDER_f128)/low/$(1).o
	$$(Q)objcopy $(patsubst %,--redefine-sym %,$(low_names))$(1) $$< $$@
	$$(Q)ld -r -o $$@.all $$@ $(FOLDER_f128)/low/$(1).o
	$$(Q)objcopy --keep-global-symbol=numerics_$(1) $$@.all $$@
	$$(Q)rm $$@.all
endef
$(foreach p,$(LOW),$(eval $(call low_rules,$(p))))

$(FOLDER_f32)/f32/%.o $(FOLDER_f128)/f128/%.o $(FOLDER_f128)/low/%.o: SANITIZER :=
$(FOLDER_f32)/engine/f32/%.o $(FOLDER_f32)/kernels/f32/%.o: SANITIZER :=
$(FOLDER_f32)/engine/f32/%.o $(FOLDER_f32)/kernels/f32/%.o: ENGINE_OPTIMIZED := -O3
$(FOLDER_f32)/f32/%.o: OPTIMIZED := -O2
# Arithmetic in binary128 is calls, which gain little from more.
$(FOLDER_f128)/f128/%.o: OPTIMIZED := -O1

$(foreach p,f32 f64,$(patsubst engine/%.c,$(FOLDER_$(p))/engine/$(p)/%.o, \
    $(filter-out engine/kernels/% engine/core/%,$(wildcard engine/*/*.c)))): COMMON += -Wno-missing-prototypes

# The engine likewise, in two precisions; its kernels in every vector width too. What the CPU can do
# is asked when the program runs.
define engine_rules
$(FOLDER_$(1))/engine/$(1)/%.o: engine/%.c
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(ENGINE) $$(mpi_cflags) $$(openblas_cflags) -D$(SCALAR_$(1)) -c $$< -o $$@

$(FOLDER_$(1))/engine_$(1).o: $(patsubst engine/%.c,$(FOLDER_$(1))/engine/$(1)/%.o,$(ENGINE_NUMERIC))
	$$(Q)ld -r -o $$@ $$^
	$$(Q)objcopy --keep-global-symbol=engine_$(1) $$@

$(FOLDER_$(1))/kernels/$(1)/select.o: engine/kernels/kernels_select.c
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(ENGINE) -D$(SCALAR_$(1)) -c $$< -o $$@

$(FOLDER_$(1))/kernels/$(1)/%.o: engine/kernels/kernels_table.c
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(ENGINE) $$(FLAGS_$$*) -D$(SCALAR_$(1)) -DVECTOR_BITS=$$(BITS_$$*) \
	    -DKERNELS_TABLE=kernels_$(1)_$$* -c $$< -o $$@
endef
$(foreach p,f32 f64,$(eval $(call engine_rules,$(p))))

# The reproducible core, which needs nothing but a compiler (engine/core/core.h): one program per
# precision. What its sources have besides, such as their answers to cases, is dropped by the linker.
#   make core CC=aarch64-linux-gnu-gcc RUNNER=qemu-aarch64 BUILD=build/arm64
CORE_SOURCES := $(wildcard engine/core/*.c) $(patsubst %,engine/%.c,arena buckets failure layout random \
        reduce tape team threaded_kernels threads trainer tree \
        activations/relu activations/sigmoid activations/tanh foundations/dense_layer \
        foundations/perceptron foundations/perceptron_parts initialization/glorot \
        initialization/he initialization/initialization losses/cross_entropy \
        losses/mean_squared_error normalization/batch_normalization_operation \
        optimizers/adam optimizers/gradient_descent optimizers/momentum)
CORE_PROGRAMS := $(BUILD)/core/assay-core-f32 $(BUILD)/core/assay-core-f64
CORE_HASHES := engine/core/hashes.txt
define core_rules
$(BUILD)/core/$(1)/%.o: %.c
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CORE) -Wno-missing-prototypes -ffunction-sections -Iengine/core -D$(SCALAR_$(1)) -c $$< -o $$@

$(BUILD)/core/assay-core-$(1): $(CORE_SOURCES:%.c=$(BUILD)/core/$(1)/%.o) \
    $(FOLDER_$(1))/kernels/$(1)/select.o $(WIDTHS:%=$(FOLDER_$(1))/kernels/$(1)/%.o)
	@echo "link $$@"
	$$(Q)$$(CC) $$(SANITIZER) $$(if $$(RUNNER),-static) -Wl,--gc-sections -o $$@ $$^ -pthread -lm
endef
$(foreach p,f32 f64,$(eval $(call core_rules,$(p))))

core: $(CORE_PROGRAMS)
	@sh ci/core.sh $(BUILD)/core $(CORE_HASHES) $(if $(CONFIRM),confirm,compare) $(RUNNER)

arm64:
	@BUILD="$(BUILD)" CC="$(CC)" sh ci/arm64.sh

# --- tests -----------------------------------------------------------------------------------------
TESTS_PLAIN := $(filter-out reference/sum_test.c suites/claims/lab_test.c,$(wildcard reference/*_test.c suites/*_test.c \
                 suites/protocol/*_test.c suites/exchange/*_test.c suites/claims/*_test.c))
TESTS_PROGRAMS := $(patsubst %.c,$(BUILD)/test/%,$(TESTS_PLAIN) reference/sum_test.c) \
                  $(if $(filter quick,$(SANITIZE)),,$(BUILD)/test/suites/claims/lab_test) \
                  $(patsubst engine/%.c,$(BUILD)/test/engine/f64/%,$(wildcard engine/*_test.c)) \
                  $(foreach p,f32 f64,$(patsubst engine/%.c,$(BUILD)/test/engine/$(p)/%, \
                      $(wildcard engine/kernels/*_test.c)))

$(BUILD)/library.a: $(call objects,$(filter-out suites/command/main.c,$(ASSAY))) $(NUMERICS_OBJECTS) \
                    $(LOW_OBJECTS)
	$(Q)rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/test/%: $(BUILD)/plain/%.o $(BUILD)/library.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(SANITIZER) -o $@ $^ $(LIBRARIES) -lcmocka

# Fuzz targets, one a reader of files (ci/fuzz/fuzz.h): with a fuzzer, and to replay what is kept.
FUZZ_TARGETS := $(filter-out $(if $(wildcard suites/gate.c),,gate), \
                  $(patsubst ci/fuzz/fuzz_%.c,%,$(wildcard ci/fuzz/fuzz_*.c)))
FUZZ_SOURCES := ci/fuzz/fuzz.c $(PROTOCOL) $(EXCHANGE) suites/manifest.c suites/paths.c \
                $(wildcard suites/law*.c suites/gate*.c suites/words.c)
FUZZ_FLAGS := -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
              -fno-sanitize-recover=undefined
FUZZ_REPLAY := $(FUZZ_TARGETS:%=$(BUILD)/fuzz/replay/%)
WRAP_pipe := -Wl,--wrap=safe_elsewhere

$(BUILD)/fuzz/replay/%: $(BUILD)/plain/ci/fuzz/fuzz_%.o $(call objects,ci/fuzz/replay.c ci/fuzz/fuzz.c) \
                        $(BUILD)/library.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(SANITIZER) $(WRAP_$*) -o $@ $^ $(LIBRARIES)

$(BUILD)/fuzz/object/%.o: %.c
	@mkdir -p $(@D)
	$(Q)clang $(COMMON) $(FUZZ_FLAGS) $(package_cflags) -c $< -o $@

$(BUILD)/fuzz/library.a: $(patsubst %.c,$(BUILD)/fuzz/object/%.o,$(call not_tests,$(FUZZ_SOURCES)))
	$(Q)rm -f $@
	$(Q)ar rcs $@ $^

# What they call besides, such as the corpus, is that of the plain build.
$(BUILD)/fuzz/%: $(BUILD)/fuzz/object/ci/fuzz/fuzz_%.o $(BUILD)/fuzz/library.a $(BUILD)/library.a
	@echo "link $@"
	$(Q)clang -fsanitize=fuzzer,address,undefined $(WRAP_$*) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBRARIES)

# Its process forks for every file, which is slow under a sanitizer; what the parent does with what
# it is sent, the target pipe shows under one.
$(BUILD)/fuzz/bare/%.o: %.c
	@mkdir -p $(@D)
	$(Q)clang $(COMMON) -fsanitize=fuzzer-no-link $(package_cflags) -c $< -o $@

$(BUILD)/fuzz/child: $(patsubst %.c,$(BUILD)/fuzz/bare/%.o,ci/fuzz/fuzz_child.c ci/fuzz/fuzz.c \
                       $(PROTOCOL)) $(BUILD)/library.a
	@echo "link $@"
	$(Q)clang -fsanitize=fuzzer -o $@ $^ $(LIBRARIES)

replay: $(FUZZ_REPLAY)

fuzz: programs replay
	@printf 'int LLVMFuzzerTestOneInput(void) { return 0; }' | \
	    clang -fsanitize=fuzzer -x c -o /dev/null - 2>/dev/null || \
	    { echo "make fuzz: clang lacks libFuzzer; install clang and libclang-rt-dev" >&2; exit 2; }
	$(Q)$(MAKE) --no-print-directory $(JOBS) $(FUZZ_TARGETS:%=$(BUILD)/fuzz/%)
	@sh ci/fuzz/run.sh $(BUILD)/fuzz $(or $(FUZZ_SECONDS),60) $(FUZZ_TARGETS)

$(BUILD)/test/reference/sum_test: $(FOLDER_f32)/f32/reference/sum_test.o $(FOLDER_f32)/f32/reference/sum.o \
                                  $(FOLDER_f32)/f32/reference/call.o $(FOLDER_f32)/f32/reference/draw.o \
                                  $(call objects,reference/random.c)
	@mkdir -p $(@D)
	$(Q)$(CC) $(SANITIZER) -o $@ $^ -lm -lcmocka

# As assay-claims, whose main function it replaces.
$(BUILD)/experiments_test.o: $(patsubst %.c,$(BUILD)/experiments/%.o,suites/claims/lab_test.c \
                               $(filter-out suites/claims/main.c,$(EXPERIMENTS)))
	$(Q)ld -r -o $@ $^
	$(Q)objcopy --keep-global-symbol=main $@

$(BUILD)/test/suites/claims/lab_test: $(BUILD)/experiments_test.o $(BUILD)/engine_f32.a \
    $(FOLDER_f32)/kernels/f32/select.o $(WIDTHS:%=$(FOLDER_f32)/kernels/f32/%.o)
	@mkdir -p $(@D)
	$(Q)$(MPICC) $(SANITIZER) -o $@ $^ $(LIBRARIES) $(openblas_libs) -lcmocka

define engine_test_rules
$(BUILD)/test/engine/$(1)/%: $(FOLDER_$(1))/engine/$(1)/%.o \
    $(patsubst engine/%.c,$(FOLDER_$(1))/engine/$(1)/%.o,$(filter-out engine/program.c,$(ENGINE_NUMERIC))) \
    $(call objects,$(filter-out engine/main.c,$(ENGINE_PLAIN)) reference/request.c $(PROTOCOL)) \
    $(FOLDER_$(1))/kernels/$(1)/select.o $(WIDTHS:%=$(FOLDER_$(1))/kernels/$(1)/%.o)
	@mkdir -p $$(@D)
	$$(Q)$$(MPICC) $$(SANITIZER) -o $$@ $$^ $$(LIBRARIES) $$(openblas_libs) -lcmocka
endef
$(foreach p,f32 f64,$(eval $(call engine_test_rules,$(p))))

define kernels_bench_rules
$(BUILD)/kernels_bench_$(1): $(FOLDER_$(1))/engine/$(1)/kernels/kernels_bench.o \
    $(FOLDER_$(1))/kernels/$(1)/select.o $(WIDTHS:%=$(FOLDER_$(1))/kernels/$(1)/%.o)
	$$(Q)$$(CC) $$(SANITIZER) -o $$@ $$^ $$(openblas_libs) -lm
endef
$(foreach p,f32 f64,$(eval $(call kernels_bench_rules,$(p))))

kernels: $(BUILD)/kernels_bench_f32 $(BUILD)/kernels_bench_f64
	@$(BUILD)/kernels_bench_f32 && $(BUILD)/kernels_bench_f64

#: make deps          install what is needed (Debian, Ubuntu), or say what to do
#: make               build everything below build/
#: make test          what CI runs; make smoke: the first minute of it; make test-all: everything
#: make fuzz          fuzz every reader of files for FUZZ_SECONDS=60 each (clang with its libFuzzer)
#: make bench         the main job and its report, in reports/runs/latest; on a cluster
#:                    NP=1,2,64 (ranks) LAUNCHER="srun --mpi=pmix" (gets -n N, or N for %n in it);
#:                    QUICK=1 tries it in a minute or two. Job scripts: ci/cluster/
#: make bits          the same bits over ranks, threads, vector widths and BLAS kernels
#: make exhaustive    all 2^32 inputs of every elementary function in binary32
#: make kernels       products next to OpenBLAS's, and nanoseconds of the elementary functions
#: make core          the engine's arithmetic alone, without MPI, BLAS and HDF5: the bits of
#:                    engine/core/hashes.txt? CONFIRM=1 replaces those
#: make arm64         the same, cross-compiled for arm64 and run under qemu-user
#: make claims        every claim put to the test, then its report; NP=8 ranks, LAUNCHER=...
#: make simulation    the engine on simulated clusters of up to 1024 ranks (SimGrid); NP=1,16,64
#: make peers         other people's implementations: installed, run on all cases, judged, reported
#: make speed         the engine's times beside PyTorch's, JAX's, TensorFlow's, scikit-learn's
#: make golden        derive all goldens again and compare; CONFIRM=1 replaces them, ONLY=adam those
#:                    of one technique
#: make report        render reports/runs/latest/record.json again
#: make info          every tool and library with its version
# Reads every source once, for its warnings: what another compiler has to say.
lint: COMMON += -fsyntax-only
lint: $(call objects,$(sort $(ASSAY) $(REFERENCE) $(ENGINE_PLAIN) $(BENCH))) \
      $(patsubst %.c,$(BUILD)/f64/%.o,$(NUMERIC)) \
      $(patsubst engine/%.c,$(BUILD)/engine/f32/%.o,$(ENGINE_NUMERIC))

UNIT = $(TESTS_PROGRAMS)
SMOKE = "sh ci/tests/index.sh" "sh ci/tests/symbols.sh $(BUILD)" $(UNIT)
smoke: all-with-tests
	@sh ci/tests/run.sh $(SMOKE)

WHOLE = "sh ci/tests/assay.sh $(BUILD)" "sh ci/tests/gate.sh $(BUILD)" \
        "$$(sh ci/python.sh) ci/tests/planted.py $(BUILD)" "sh ci/tests/hostile.sh $(BUILD)" \
        "sh ci/tests/replay.sh $(BUILD)" "sh ci/tests/report.sh" "sh ci/tests/speed.sh $(BUILD)" \
        $(SMOKE)
# Ranks that wait take time from others: the engine's tests are alone.
test: all-with-tests
	@sh ci/tests/run.sh "sh ci/tests/builds.sh quick" "sh ci/tests/exchange.sh $(BUILD)" $(WHOLE) \
	    "sh ci/tests/checkpoint.sh $(BUILD)" --then "sh ci/tests/engine.sh $(BUILD)" \
	    --then "sh ci/tests/claims.sh $(BUILD)" --then "sh ci/tests/arm64.sh $(BUILD) quick" --then "sh ci/tests/stream.sh $(BUILD)" \
	    --then "sh ci/tests/cluster.sh $(BUILD)" --then "sh ci/tests/kill.sh $(BUILD) 5"

test-all: all-with-tests
	@sh ci/tests/run.sh "sh ci/tests/builds.sh full" "sh ci/tests/exchange.sh $(BUILD) full" \
	    $(WHOLE) --then "sh ci/tests/engine.sh $(BUILD)" --then "sh ci/tests/claims.sh $(BUILD)" \
	    --then "sh ci/tests/checkpoint.sh $(BUILD)" --then "sh ci/tests/kill.sh $(BUILD) 50" \
	    --then "sh ci/tests/arm64.sh $(BUILD) full" --then "sh ci/tests/stream.sh $(BUILD) full" \
	    --then "sh ci/tests/cluster.sh $(BUILD) full" --then "sh ci/tests/slurm.sh $(BUILD)" \
	    --then "sh ci/tests/simulation.sh $(BUILD)" --then "sh ci/tests/long.sh $(BUILD)"

# EVERY=1009 takes a part of the inputs: where a processor is emulated (see core).
exhaustive: $(BUILD)/elementary_exhaustive
	@$(RUNNER) $(BUILD)/elementary_exhaustive $(if $(EVERY),--every $(EVERY))

$(BUILD)/elementary_exhaustive: $(BUILD)/core/f32/engine/kernels/elementary_exhaustive.o \
    $(BUILD)/kernels/f32/select.o $(WIDTHS:%=$(BUILD)/kernels/f32/%.o)
	$(Q)$(CC) $(SANITIZER) $(if $(RUNNER),-static) -o $@ $^ -pthread -lm

bench: all
	$(Q)status=0; $(BUILD)/assay-bench run $(BENCH_OPTIONS) || status=$$?; \
	if [ -f reports/runs/latest/record.json ]; then $(MAKE) --no-print-directory report; fi; \
	exit $$status
BENCH_OPTIONS = $(if $(NP),--ranks '$(NP)') $(if $(QUICK),--quick) \
                $(if $(LAUNCHER),--launcher '$(subst ','\'',$(LAUNCHER))')

speed: all
	$(Q)$$(sh ci/python.sh) ci/peers/speed.py --build $(BUILD) $(SPEED_OPTIONS)

peers: all
	$(Q)$$(sh ci/python.sh) ci/peers/run.py --build $(BUILD) $(PEERS_OPTIONS)

claims: all
	$(Q)$(BUILD)/assay claims run $(if $(NP),--ranks $(NP)) $(if $(QUICK),--quick) \
	    $(if $(LAUNCHER),--launcher '$(subst ','\'',$(LAUNCHER))')
	$(Q)sh reports/render.sh reports/runs/claims/findings.json -o reports/runs/claims

bits: all
	$(Q)$(BUILD)/assay-bench bits $(BENCH_OPTIONS)

# SimGrid is optional: it is large, and a real cluster tells more.
simulation: all
	@command -v smpirun >/dev/null || { echo "make simulation: skipped, because SimGrid is not" \
	    "installed (Debian, Ubuntu: apt-get install libsimgrid-dev)"; exit 0; }; \
	$(MAKE) --no-print-directory SMPI=1 BUILD=$(BUILD)/smpi $(BUILD)/smpi/assay-engine && \
	$(BUILD)/assay-bench simulate $(if $(NP),--ranks $(NP))

report: all
	$(Q)$(BUILD)/assay report reports/runs/latest/record.json \
	    $(wildcard reports/runs/speed/record.json) -o reports/runs/latest

golden: all
	$(Q)rm -rf $(BUILD)/golden && mkdir -p $(BUILD)/golden
	$(Q)cp -R $(if $(ONLY),data/.,data/digits.h5) $(BUILD)/golden/
	$(Q)$(BUILD)/assay answer --corpus $(BUILD)/golden $(if $(ONLY),--technique $(ONLY)) \
	    >$(BUILD)/golden.log
	$(Q)sh ci/golden.sh $(BUILD)/golden $(CONFIRM)

deps:
	@sh ci/deps.sh

info:
	@sh ci/info.sh

clean:
	rm -rf $(BUILD)

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
