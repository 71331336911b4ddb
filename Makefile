# SPDX-License-Identifier: MIT
# Assay. The two commands: `make deps bench` and `make deps test`. `make help` lists the rest.
#
# BUILD=dir        build somewhere else             CC=clang         with another compiler
# SANITIZE=1       with AddressSanitizer and UBSan  V=1              show every command

BUILD ?= build
CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
Q := $(if $(V),,@)
ARCH := $(shell uname -m)

# --- flags -----------------------------------------------------------------------------------------
# No -march=native, no fast-math: bits must not depend on the machine or the compiler's mood.
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Werror
SANITIZER := $(if $(SANITIZE),-fsanitize=address$(,)undefined -fno-omit-frame-pointer -g)
, := ,
COMMON := -std=c11 -O2 -g1 -ffp-contract=off -D_POSIX_C_SOURCE=200809L $(WARNINGS) $(SANITIZER) -MMD -MP
# The bounds change the rounding direction, so the compiler must not compute ahead of it.
NUMERICS := $(COMMON) -frounding-math -Werror=float-conversion -Werror=implicit-function-declaration

# Asked only when something is built, so that `make deps` works on a bare machine.
PACKAGES := hdf5 zlib jansson libxml-2.0 libcrypto
package_cflags = $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
package_libs = $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
LIBRARIES = $(package_libs) -lm

# --- what is built ---------------------------------------------------------------------------------
PRECISIONS := f32 f64 f128
BITS_f32 := 24
BITS_f64 := 53
BITS_f128 := 113

not_tests = $(filter-out %_test.c,$(1))
PROTOCOL := $(call not_tests,$(wildcard suites/protocol/*.c))
PLAIN := reference/request.c reference/random.c
NUMERIC := $(filter-out $(PLAIN),$(wildcard reference/*.c reference/*/*.c)) \
           suites/numerics.c $(wildcard suites/*/*_forks.c)
ORACLE := $(filter-out suites/numerics.c suites/reference_%.c,$(call not_tests,$(wildcard suites/*.c)))
ASSAY := $(PLAIN) $(PROTOCOL) $(ORACLE) $(wildcard suites/command/*.c) $(wildcard suites/*/*_cases.c)
REFERENCE := $(PLAIN) $(PROTOCOL) $(wildcard suites/reference_*.c) suites/progress.c

objects = $(patsubst %.c,$(BUILD)/plain/%.o,$(1))
NUMERICS_OBJECTS := $(PRECISIONS:%=$(BUILD)/numerics_%.o)

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: all help deps info clean format
all: $(BUILD)/assay $(BUILD)/assay-reference

$(BUILD)/assay: $(call objects,$(ASSAY)) $(NUMERICS_OBJECTS)
	@echo "link $@"
	$(Q)$(CC) $(SANITIZER) -o $@ $^ $(LIBRARIES)

$(BUILD)/assay-reference: $(call objects,$(REFERENCE)) $(NUMERICS_OBJECTS)
	@echo "link $@"
	$(Q)$(CC) $(SANITIZER) -o $@ $^ $(LIBRARIES)

$(BUILD)/plain/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(COMMON) $(package_cflags) -c $< -o $@

# The confirmation of goldens computes in binary128.
$(BUILD)/plain/suites/confirm.o: COMMON += -DREAL_BITS=113

# One source, three precisions: each set is linked into one object in which only its table stays
# visible, so that a program can hold all three.
define precision_rules
$(BUILD)/$(1)/%.o: %.c
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(NUMERICS) -DREAL_BITS=$(BITS_$(1)) -c $$< -o $$@

$(BUILD)/numerics_$(1).o: $(patsubst %.c,$(BUILD)/$(1)/%.o,$(NUMERIC))
	$$(Q)ld -r -o $$@ $$^
	$$(Q)objcopy --keep-global-symbol=numerics_$(1) $$@
endef
$(foreach p,$(PRECISIONS),$(eval $(call precision_rules,$(p))))

deps:
	@sh ci/deps.sh

info:
	@sh ci/info.sh

clean:
	rm -rf $(BUILD)

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
