# make              build every program into build/bin
# make run          install what is missing, build, show a drill reach phones and the air, open the newsroom's page;
#                   LAN=1: to other machines, too
# make test         install what is missing, build, and prove it; the last line counts
# make bench        figures beside rivals and limits, as ratios
# make check-tools  cppcheck and clang-tidy
# make disturbed-hour  an hour of sound in which the receiver finds nothing
# make powercut     a store whose power is cut at 12,000 moments
# make fuzz         each fuzz target for FUZZ_SECONDS (60)
# make install      programs and manual pages under PREFIX
# SAN=1             the same under address and undefined-behaviour sanitizers, in build-san
# V=1               show the commands

CC      ?= gcc
PREFIX  ?= /usr/local
B       := build$(if $(SAN),-san)
Q       := $(if $(V),,@)
WARN    := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
           -Wwrite-strings -Wcast-qual -Wpointer-arith -Wundef -Wvla -Wformat=2 -Wswitch-enum $(WERROR)
CFLAGS  ?= -O2 -g
SANF    := $(if $(SAN),-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all)
HARD    := -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE $(if $(SAN),,-D_FORTIFY_SOURCE=2)
ALLC    := -std=c11 -D_GNU_SOURCE -I. -isystem /usr/include/gammu $(WARN) $(HARD) -MMD -MP $(SANF)
ALLLD   := -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(SANF)

# program: its main file, then the libraries that it needs beside ours
PROGRAMS := dabyld dabylctl dabyl-dispatcher dabyl-newsroom dabyl-modem dabyl-smpp dabyl-radio dabyl-rx dabyl-modemsim dabyl-channelsim
MAIN_dabyld           := gateway/parent/main.c
MAIN_dabylctl         := gateway/tools/main.c
MAIN_dabyl-dispatcher := gateway/dispatcher/main.c
MAIN_dabyl-newsroom   := gateway/newsroom/main.c
MAIN_dabyl-modem      := modems/main.c
MAIN_dabyl-smpp       := modems/smpp_main.c
MAIN_dabyl-radio      := audio/radio.c
MAIN_dabyl-rx         := audio/rx.c
MAIN_dabyl-modemsim   := tests/fakes/modemsim.c
MAIN_dabyl-channelsim := tests/fakes/channelsim.c
PARSE := -lsodium -ljansson -lz
LIBS_dabyld           := -lsystemd -lconfuse -lseccomp
LIBS_dabylctl         := $(PARSE) -lexpat -lconfuse -lsystemd -lqrencode
LIBS_dabyl-dispatcher := $(PARSE) -lsystemd -lsqlite3 -lconfuse
LIBS_dabyl-newsroom   := $(PARSE) -lexpat -lsystemd -lmicrohttpd -lgnutls
LIBS_dabyl-modem      := -lsystemd -lGammu -lutil
LIBS_dabyl-smpp       := -lsystemd
LIBS_dabyl-radio      := $(PARSE) -lsystemd -lcodec2 -lespeak-ng -lsndfile -lsamplerate -lasound -lkissfft-float -lpng -lm
LIBS_dabyl-rx         := $(PARSE) -lcodec2 -lsndfile -lsamplerate -lasound -lm
LIBS_dabyl-modemsim   := -lutil
LIBS_dabyl-channelsim := -lsndfile -lsamplerate -lm
LIBS_tests            := $(PARSE) -lexpat -lsystemd -lsqlite3 -lconfuse -lGammu -lcodec2 -lespeak-ng -lsndfile -lsamplerate -lasound -lkissfft-float -lpng -lutil -lm -lsmpp34 -lmicrohttpd -lgnutls -lseccomp -lqrencode -lcmocka

MAINS   := $(foreach p,$(PROGRAMS),$(wildcard $(MAIN_$(p))))
SRCS    := $(filter-out $(MAINS),$(wildcard gateway/*/*.c modems/*.c audio/*.c))
FAKES   := $(filter-out $(MAINS),$(wildcard tests/fakes/*.c))
TESTS   := $(patsubst %.c,$(B)/%,$(wildcard tests/*/*_test.c tests/*/*/*_test.c))
TOOLS   := $(patsubst %.c,$(B)/%,$(wildcard tests/*/*_tool.c))
FUZZ    := $(wildcard tests/fuzz/*_fuzz.c)
REPLAYS := $(patsubst tests/fuzz/%_fuzz.c,$(B)/tests/fuzz/%_replay,$(FUZZ))
LIB     := $(B)/libdabyl.a
PAGES   := $(wildcard gateway/*/*.[1-8] modems/*.[1-8] audio/*.[1-8] tests/fakes/*.[1-8])
WHICH    = $(if $(MAIN_$(1)),$(if $(wildcard $(MAIN_$(1))),$(1)))
BINS    := $(foreach p,$(PROGRAMS),$(if $(wildcard $(MAIN_$(p))),$(B)/bin/$(p)))

all: $(BINS)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@$(if $(V),,echo "  CC $<")
	$(Q)$(CC) $(ALLC) $(CFLAGS) -c $< -o $@

$(LIB): $(SRCS:%.c=$(B)/%.o)
	@rm -f $@
	$(Q)$(AR) rcsP $@ $^

# each fake is made of the files that begin with its name and shares none of ours
.SECONDEXPANSION:
$(B)/bin/dabyl-modemsim $(B)/bin/dabyl-channelsim: $(B)/bin/dabyl-%: \
    $$(addprefix $(B)/,$$(addsuffix .o,$$(basename $$(wildcard tests/fakes/$$**.c))))
	@mkdir -p $(@D)
	@$(if $(V),,echo "  LD $@")
	$(Q)$(CC) $(ALLLD) $(LDFLAGS) $^ $(LIBS_dabyl-$*) -o $@

$(B)/bin/%: $(B)/$$(basename $$(MAIN_$$*)).o $(LIB)
	@mkdir -p $(@D)
	@$(if $(V),,echo "  LD $@")
	$(Q)$(CC) $(ALLLD) $(LDFLAGS) $^ $(LIBS_$*) -o $@

# our rules for the browser (gateway/newsroom/web/core.h): one module, without imports. The text model needs 0.9 MB of stack.
COREC   := $(wildcard gateway/newsroom/web/*.c) \
           $(patsubst %,gateway/base/%.c,buf clock err names utf8) \
           $(patsubst %,gateway/bulletin/%.c,area bulletin complete phrases templates wire pack) \
           $(patsubst %,gateway/bulletin/pack_%.c,history mixer plain predict prime weights) \
           $(patsubst %,modems/%.c,compose segment sentence translit gsm7) \
           audio/script.c $(wildcard audio/normal*.c)
COREF   := --target=wasm32-wasi -mexec-model=reactor -std=c11 -D_GNU_SOURCE -DCLOCK_BOOTTIME=CLOCK_MONOTONIC -I. -Os \
           $(WARN) -fvisibility=hidden -Wl,--export-dynamic -Wl,--strip-all -Wl,--stack-first -Wl,-z,stack-size=2097152
$(B)/core.wasm: $(COREC) $(wildcard $(addsuffix *.h,$(sort $(dir $(COREC)))))
	@mkdir -p $(@D)
	@$(if $(V),,echo "  WASM $@")
	$(Q)clang $(COREF) $(COREC) -o $@

# the page's files: made in web, each gzipped into the program
WEB     := $(B)/web/index.html
$(WEB): $(B)/core.wasm $(shell find gateway/newsroom/web -type f ! -name '*.[ch]')
	$(Q)gateway/newsroom/web/build $(B) $(B)/core.wasm

$(B)/gateway/newsroom/assets_data.S: gateway/newsroom/embed $(WEB)
	@mkdir -p $(@D)
	$(Q)gateway/newsroom/embed $(B)/web $(B)/web.gz >$@

$(B)/gateway/newsroom/assets_data.o: $(B)/gateway/newsroom/assets_data.S
	$(Q)$(CC) -c $< -o $@

$(B)/bin/dabyl-newsroom: $(B)/gateway/newsroom/assets_data.o

# a test is its file, our library and what tests share
$(B)/tests/%_test: $(B)/tests/%_test.o $(LIB)
	@$(if $(V),,echo "  LD $@")
	$(Q)$(CC) $(ALLLD) $(LDFLAGS) $^ $(LIBS_tests) -o $@

# a tool is a program through which a test written in another language reaches our library
$(B)/tests/%_tool: $(B)/tests/%_tool.o $(LIB)
	@$(if $(V),,echo "  LD $@")
	$(Q)$(CC) $(ALLLD) $(LDFLAGS) $^ $(LIBS_tests) -o $@

tests: $(TESTS) $(TOOLS) $(REPLAYS)

# every fuzz target with its seeds, without libFuzzer: part of make test
$(B)/tests/fuzz/%_replay: $(B)/tests/fuzz/%_fuzz.o $(B)/tests/fuzz/replay.o $(LIB)
	@$(if $(V),,echo "  LD $@")
	$(Q)$(CC) $(ALLLD) $(LDFLAGS) $^ $(LIBS_tests) -o $@

$(B)/tests/bench/%_bench: $(B)/tests/bench/%_bench.o $(LIB)
	@$(if $(V),,echo "  LD $@")
	$(Q)$(CC) $(ALLLD) $(LDFLAGS) $^ $(LIBS_tests) -o $@

bench-programs: $(B)/tests/gateway/dispatcher/storm_test $(B)/tests/audio/sound_tool $(B)/tests/newsroom/sign_tool $(patsubst %.c,$(B)/%,$(wildcard tests/bench/*_bench.c))

run:
	@deploy/install-deps
	@$(MAKE) --no-print-directory -s -j2 all
	@deploy/demo $(if $(LAN),--lan)

test:
	@deploy/install-deps test
	@$(MAKE) --no-print-directory -s -j2 all tests
	@tests/run

# libFuzzer targets: clang, sanitizers, our sources compiled into the target
fuzz-build: $(patsubst tests/fuzz/%_fuzz.c,build/fuzz/%,$(FUZZ))
build/fuzz/%: tests/fuzz/%_fuzz.c $(SRCS)
	@mkdir -p build/fuzz/obj
	@echo "  FUZZ $@"
	$(Q)tests/fuzz/build $* $@

# a store on a disk whose power is cut at 12,000 moments; make test does some of them
powercut: $(B)/tests/faults/powercut_test
	@POWERCUT_STATES=12000 $(B)/tests/faults/powercut_test 2>/dev/null

# an hour of noise, music, speech and other stations, in which the receiver finds nothing; make test has five minutes of it
disturbed-hour: $(B)/bin/dabyl-rx $(B)/tests/audio/sound_tool
	@BUILD=$(B) tests/audio/disturbed_check 60 11 12 13 14

fuzz:
	@deploy/install-deps fuzz
	@$(MAKE) --no-print-directory -s -j2 fuzz-build
	@tests/fuzz/run $(or $(FUZZ_SECONDS),60)

bench:
	@deploy/install-deps bench
	@$(MAKE) --no-print-directory -s -j2 all bench-programs
	@tests/bench/run

bench-%:
	@deploy/install-deps bench
	@$(MAKE) --no-print-directory -s -j2 all bench-programs
	@tests/bench/run $*

check-tools:
	@deploy/install-deps check
	@tests/house/analyse

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man8
	install -m 755 $(BINS) $(DESTDIR)$(PREFIX)/bin
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	$(B)/bin/dabylctl completion > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/dabylctl
	install -m 644 $(filter %.1,$(PAGES)) $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 $(filter %.8,$(PAGES)) $(DESTDIR)$(PREFIX)/share/man/man8

clean:
	rm -rf build build-san

# every other source under tests
-include $(patsubst %.c,$(B)/%.d,$(FUZZ) $(wildcard tests/bench/*.c tests/*/*_tool.c tests/fuzz/replay.c))

.PHONY: all tests bench-programs run test powercut disturbed-hour fuzz fuzz-build bench check-tools install clean
.SECONDARY:
-include $(patsubst %.c,$(B)/%.d,$(SRCS) $(MAINS) $(FAKES) $(wildcard tests/*/*_test.c tests/*/*/*_test.c))
