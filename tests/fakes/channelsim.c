/* dabyl-channelsim: plays a sound through a simulated shortwave or FM channel. See dabyl-channelsim(1).
 */
#include "tests/fakes/channelsim_channel.h"
#include "tests/fakes/channelsim_fm.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE_MIN_HZ 4000
#define RATE_MAX_HZ 192000
#define RATE_DEFAULT_HZ 8000

enum exit_code { EXIT_GOOD = 0, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_OUTPUT = 4, EXIT_MEMORY = 70 };

struct request {
    struct channel channel;
    bool fm, fm_flat;
    double fm_cn_db;
    double ppm;
    double from_s;
    double rate_hz;
    double seed;
    bool verbose;
    const char *input;
    const char *output;
};

static const char usage[] =
    "usage: dabyl-channelsim [options] INPUT OUTPUT\n"
    "  INPUT and OUTPUT are sound files, or - for raw signed 16-bit samples\n"
    "  --snr DB             add noise: signal to noise ratio in 3,000 Hz\n"
    "  --fading KIND        none, mpg (good), mpp (poor) or mpd (disturbed)\n"
    "  --fm-cn DB           narrow-band FM instead: carrier to noise ratio in 12,500 Hz\n"
    "  --fm-flat            the same by the radios' data ports: no emphasis, 0 to 6,000 Hz\n"
    "  --offset HZ          shift the frequency\n"
    "  --ppm PPM            a sound card's clock that is off\n"
    "  --gap START:SECONDS  no signal for a while; may be repeated\n"
    "  --clip DB            limit the envelope, over its root mean square\n"
    "  --from SECONDS       begin later, as a listener who tunes in then\n"
    "  --seed N             another run of luck (1)\n"
    "  --rate HZ            of raw samples (8000)\n"
    "  --verbose            say on standard error what was done\n";

static bool parse_number(double *number, const char *text, double least, double most)
{
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || !(value >= least && value <= most))
        return false;
    *number = value;
    return true;
}

static bool take_snr(struct request *request, const char *text)
{
    request->channel.noisy = true;
    return parse_number(&request->channel.snr_db, text, -60, 120);
}

static bool take_fading(struct request *request, const char *text)
{
    request->channel.fading = channel_find_fading(text);
    return request->channel.fading || !strcmp(text, "none");
}

static bool take_fm(struct request *request, const char *text)
{
    request->fm = true;
    return parse_number(&request->fm_cn_db, text, -60, 120);
}

static bool take_flat(struct request *request, const char *text)
{
    request->fm_flat = !text;
    return true;
}

static bool take_offset(struct request *request, const char *text)
{
    return parse_number(&request->channel.offset_hz, text, -3000, 3000);
}

static bool take_ppm(struct request *request, const char *text)
{
    return parse_number(&request->ppm, text, -10000, 10000);
}

static bool take_gap(struct request *request, const char *text)
{
    const char *colon = strchr(text, ':');
    char start[32];
    if (!colon || (size_t)(colon - text) >= sizeof start ||
        request->channel.gap_count == CHANNEL_GAPS_MAX)
        return false;
    memcpy(start, text, (size_t)(colon - text));
    start[colon - text] = '\0';
    struct channel_gap *gap = &request->channel.gaps[request->channel.gap_count++];
    return parse_number(&gap->start_s, start, 0, SOUND_SECONDS_MAX) &&
           parse_number(&gap->length_s, colon + 1, 0, SOUND_SECONDS_MAX);
}

static bool take_clip(struct request *request, const char *text)
{
    request->channel.clipped = true;
    return parse_number(&request->channel.clip_db, text, -20, 60);
}

static bool take_from(struct request *request, const char *text)
{
    return parse_number(&request->from_s, text, 0, SOUND_SECONDS_MAX);
}

static bool take_seed(struct request *request, const char *text)
{
    return parse_number(&request->seed, text, 0, 0x1p53);
}

static bool take_rate(struct request *request, const char *text)
{
    return parse_number(&request->rate_hz, text, RATE_MIN_HZ, RATE_MAX_HZ);
}

static bool take_verbose(struct request *request, const char *text)
{
    request->verbose = !text;
    return true;
}

static const struct option names[] = {
    {"snr", required_argument, NULL, 0},
    {"fading", required_argument, NULL, 0},
    {"fm-cn", required_argument, NULL, 0},
    {"fm-flat", no_argument, NULL, 0},
    {"offset", required_argument, NULL, 0},
    {"ppm", required_argument, NULL, 0},
    {"gap", required_argument, NULL, 0},
    {"clip", required_argument, NULL, 0},
    {"from", required_argument, NULL, 0},
    {"seed", required_argument, NULL, 0},
    {"rate", required_argument, NULL, 0},
    {"verbose", no_argument, NULL, 0},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* In the order of names. */
static bool (*const takers[])(struct request *, const char *) = {take_snr, take_fading, take_fm,
    take_flat, take_offset, take_ppm, take_gap, take_clip, take_from, take_seed, take_rate,
    take_verbose};

/* Is anything asked for that FM does not have? */
static bool is_shortwave(const struct channel *channel)
{
    return channel->noisy || channel->fading || channel->offset_hz != 0 || channel->clipped;
}

/* EXIT_GOOD, or EXIT_USAGE after a line on standard error. */
static enum exit_code parse(struct request *request, int argc, char **argv)
{
    int index = 0, code;
    while ((code = getopt_long(argc, argv, "h", names, &index)) != -1) {
        if (code == 'h') {
            fputs(usage, stdout);
            exit(EXIT_GOOD);
        }
        if (code == '?')
            return EXIT_USAGE;
        if (!takers[index](request, optarg)) {
            fprintf(stderr, "dabyl-channelsim: --%s %s: not a value for it; see --help\n",
                names[index].name, optarg);
            return EXIT_USAGE;
        }
    }
    if (request->fm && is_shortwave(&request->channel)) {
        fputs("dabyl-channelsim: --fm-cn goes without --snr, --fading, --offset and --clip\n",
            stderr);
        return EXIT_USAGE;
    }
    if (request->fm_flat && !request->fm) {
        fputs("dabyl-channelsim: --fm-flat goes with --fm-cn\n", stderr);
        return EXIT_USAGE;
    }
    if (argc - optind != 2) {
        fputs("dabyl-channelsim: give an input and an output; see --help\n", stderr);
        return EXIT_USAGE;
    }
    request->input = argv[optind];
    request->output = argv[optind + 1];
    request->channel.seed = (uint64_t)request->seed;
    return EXIT_GOOD;
}

static void drop_start(struct sound *sound, double from_s)
{
    size_t drop = (size_t)(from_s * sound->rate_hz);
    if (drop > sound->count)
        drop = sound->count;
    sound->count -= drop;
    memmove(sound->samples, sound->samples + drop, sound->count * sizeof *sound->samples);
}

static double decibels(double power)
{
    return 10 * log10(power > 0 ? power : 1e-20);
}

static void print_report(const struct channel_report *report, const struct channel *channel)
{
    fprintf(stderr, "signal %.1f dBFS", decibels(report->signal_power));
    if (channel->noisy)
        fprintf(stderr, ", noise %.1f dBFS, SNR %.1f dB in %d Hz", decibels(report->noise_power),
            channel->snr_db, CHANNEL_NOISE_BANDWIDTH_HZ);
    if (channel->fading)
        fprintf(stderr, ", fading %s (%.1f Hz, %.1f ms)", channel->fading->name,
            channel->fading->spread_hz, channel->fading->delay_ms);
    fprintf(stderr, ", gain %.1f dB\n", 2 * decibels(report->gain));
}

static bool run_shortwave(struct sound *sound, const struct request *request)
{
    struct channel_report report;
    bool good = channel_apply(sound, &report, &request->channel);
    if (good && request->verbose)
        print_report(&report, &request->channel);
    return good;
}

static bool run_fm(struct sound *sound, const struct request *request)
{
    struct fm_report report;
    struct fm fm = {.cn_db = request->fm_cn_db,
        .flat = request->fm_flat,
        .seed = request->channel.seed,
        .gap_count = request->channel.gap_count,
        .gaps = request->channel.gaps};
    bool good = fm_apply(sound, &report, &fm);
    if (good && request->verbose)
        fprintf(stderr,
            "FM, C/N %.1f dB in %d Hz, deviation up to %.0f Hz, %.0f Hz of a tone at full scale, "
            "gain %.1f dB\n",
            fm.cn_db, FM_BANDWIDTH_HZ, report.peak_hz, report.scale_hz, 2 * decibels(report.gain));
    return good;
}

static enum exit_code run(struct sound *sound, const struct request *request)
{
    if (!sound_read(sound, request->input, (unsigned)request->rate_hz))
        return EXIT_INPUT;
    if (request->ppm != 0 && !sound_stretch(sound, request->ppm))
        return EXIT_MEMORY;
    if (request->fm ? !run_fm(sound, request) : !run_shortwave(sound, request)) {
        fputs("dabyl-channelsim: no memory\n", stderr);
        return EXIT_MEMORY;
    }
    drop_start(sound, request->from_s);
    return sound_write(sound, request->output) ? EXIT_GOOD : EXIT_OUTPUT;
}

int main(int argc, char **argv)
{
    struct request request = {.rate_hz = RATE_DEFAULT_HZ, .seed = 1};
    enum exit_code code = parse(&request, argc, argv);
    if (code)
        return (int)code;
    struct sound sound = {0};
    code = run(&sound, &request);
    sound_free(&sound);
    return (int)code;
}
