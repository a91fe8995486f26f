/* render_tool: what is spoken of a sealed bulletin and which parts of a warning it lacks, by our own C code as the gateway links
 * it: for the check that the same code in the browser says the same.
 *
 *   render_tool FILE CODE SENDER      one line of JSON: {"missing": mask, "script": {"kk": [whole, brief], ...}}
 */
#include "audio/script.h"
#include "gateway/bulletin/complete.h"
#include "gateway/bulletin/wire.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static void must(int good, const char *what)
{
    if (good)
        return;
    (void)fprintf(stderr, "render_tool: %s\n", what);
    exit(1);
}

static json_t *say(const struct script *script)
{
    static char words[NORMAL_TEXT_MAX];
    must(script_write(words, sizeof words, script) == ERR_OK, "it cannot be said");
    return json_string(words);
}

int main(int argc, char **argv)
{
    static uint8_t bytes[WIRE_SEALED_MAX];
    static struct wire_sealed sealed;
    static struct bulletin bulletin;
    must(argc == 4, "give a file, a code and a sender");
    FILE *file = fopen(argv[1], "rb");
    must(file != NULL, "no such file");
    size_t size = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    must(wire_decode_sealed(&sealed, bytes, size) == ERR_OK &&
             wire_decode_bulletin(&bulletin, &sealed) == ERR_OK,
        "it cannot be read");
    struct script script = {.bulletin = &bulletin, .code = argv[2], .sender = argv[3]};
    json_t *scripts = json_object();
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        json_t *both = json_array();
        script.language = (enum bulletin_language)i;
        if ((bulletin.languages >> i & 1) == 0)
            continue;
        for (unsigned brief = 0; brief < 2; brief++) {
            script.brief = brief != 0;
            must(json_array_append_new(both, say(&script)) == 0, "no memory");
        }
        must(json_object_set_new(scripts, bulletin_print_language(script.language), both) == 0,
            "no memory");
    }
    json_t *told = json_pack(
        "{s:i, s:o}", "missing", (int)complete_find_missing(&bulletin), "script", scripts);
    must(told != NULL && json_dumpf(told, stdout, JSON_COMPACT) == 0, "no memory");
    return puts("") < 0;
}
