/* segments_tool: what our own counting and sending make of texts, for tests that compare it with others'.
 *
 *     segments_tool count            a JSON string a line in; {"encoding", "units", "parts": [units ...]} a line out
 *     segments_tool phrases          every fixed phrase, a JSON string a line out
 *     segments_tool send TTY         a JSON string a line in; each goes through libgammu to the modem at TTY, the n-th of them to
 *                                    number +7701 and n in seven digits; the count of parts a line out
 */
#include "gateway/bulletin/phrases.h"
#include "modems/segment.h"
#include "modems/transport.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#define LINE_SIZE 65536
#define VALIDITY_MIN 60
#define PAUSE_MAX_US 200

/* libgammu pauses 0.7 s for each part; the emulator needs none of it. */
int usleep(useconds_t useconds)
{
    struct timeval wait = {0, useconds < PAUSE_MAX_US ? (suseconds_t)useconds : PAUSE_MAX_US};
    (void)select(0, NULL, NULL, NULL, &wait);
    return 0;
}

static void die(const char *what)
{
    (void)fprintf(stderr, "segments_tool: %s\n", what);
    exit(1);
}

/* The next line's string; NULL at the end. The caller frees it. */
static json_t *read_text(void)
{
    static char line[LINE_SIZE];
    if (fgets(line, sizeof line, stdin) == NULL)
        return NULL;
    json_t *text = json_loads(line, JSON_DECODE_ANY, NULL);
    if (!json_is_string(text))
        die("a line is not a JSON string");
    return text;
}

static void split(struct segment *segment, const char *text, uint16_t reference)
{
    struct segment_size size;
    segment_measure(&size, text);
    if (segment_split(segment, text, SEGMENT_REFERENCE_8, reference) != ERR_OK)
        die("a text cannot be split");
    if (size.parts != segment->count || size.coding != segment->coding)
        die("segment_measure and segment_split differ");
}

static void count(void)
{
    static struct segment segment;
    json_t *text;
    while ((text = read_text()) != NULL) {
        unsigned units = 0;
        split(&segment, json_string_value(text), 1);
        for (unsigned i = 0; i < segment.count; i++)
            units += segment.part[i].units;
        printf("{\"encoding\":\"%s\",\"units\":%u,\"parts\":[",
            segment.coding == MESSAGE_GSM7 ? "GSM-7" : "UCS-2", units);
        for (unsigned i = 0; i < segment.count; i++)
            printf("%s%u", i > 0 ? "," : "", segment.part[i].units);
        printf("]}\n");
        json_decref(text);
    }
}

static void phrases(void)
{
    for (int phrase = 0; phrase < PHRASE_COUNT; phrase++)
        for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
            json_t *text =
                json_string(phrases_get((enum phrase)phrase, (enum bulletin_language)language));
            (void)json_dumpf(text, stdout, JSON_ENCODE_ANY);
            printf("\n");
            json_decref(text);
        }
}

static void send_part(
    void *modem, const struct segment *segment, unsigned i, const struct message_part *whole)
{
    struct message_part part = *whole;
    struct transport_sent sent;
    const struct segment_part *from = &segment->part[i];
    if (from->size >= sizeof part.text)
        die("a part is longer than a message holds");
    memcpy(part.text, from->text, from->size);
    part.text[from->size] = '\0';
    part.udh_size = from->udh_size;
    memcpy(part.udh, from->udh, from->udh_size);
    if (transport_gammu.send(modem, &sent, &part) != ERR_OK || sent.status != 0)
        die("the modem did not take a part");
}

static void send_all(const char *tty)
{
    static struct segment segment;
    static struct message_modem_hello hello;
    void *modem;
    json_t *text;
    if (transport_gammu.open(&modem, &hello, tty) != ERR_OK)
        die("the modem does not answer");
    for (unsigned n = 0; (text = read_text()) != NULL; n++) {
        struct message_part part = {.validity_min = VALIDITY_MIN};
        split(&segment, json_string_value(text), (uint16_t)n);
        (void)snprintf(part.number, sizeof part.number, "+7701%07u", n);
        part.coding = (uint8_t)segment.coding;
        for (unsigned i = 0; i < segment.count; i++)
            send_part(modem, &segment, i, &part);
        printf("%u\n", segment.count);
        json_decref(text);
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "count") == 0)
        count();
    else if (argc == 2 && strcmp(argv[1], "phrases") == 0)
        phrases();
    else if (argc == 3 && strcmp(argv[1], "send") == 0)
        send_all(argv[2]);
    else
        die("say count, phrases or send TTY");
    return fflush(stdout) == 0 ? 0 : 1;
}
