/* command: any text can be parsed; what comes out is within its bounds, and STOP is heard whatever stands around it. */
#include "modems/command.h"

#include "gateway/bulletin/area.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 1024

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

static void check_bounds(const struct command *command, const char *text)
{
    check((unsigned)command->verb < COMMAND_VERB_COUNT);
    check((unsigned)command->language <= COMMAND_ANY_LANGUAGE);
    check((unsigned)command->chosen <= COMMAND_ANY_LANGUAGE);
    check(((command->regions | command->add | command->remove) & ~BULLETIN_REGIONS_ALL) == 0);
    check(command->number <= BULLETIN_NUMBER_MAX);
    check(command->level <= COMMAND_RECEPTION_MAX);
    check(memchr(command->word, '\0', sizeof command->word) != NULL);
    check(command->text == NULL || (command->text >= text && command->text <= text + strlen(text)));
    check((command->verb == COMMAND_REPORT) == (command->text != NULL));
    check(command->verb != COMMAND_NUMBER || command->number > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TEXT_MAX + 1];
    char folded[COMMAND_FOLDED_SIZE];
    struct command command;
    if (size > TEXT_MAX)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    command_parse(&command, text);
    check_bounds(&command, text);
    command_fold_word(folded, text, strlen(text));
    check(strlen(folded) < sizeof folded);
    char stop[TEXT_MAX + 8] = "stop ";
    strcat(stop, text);
    command_parse(&command, stop);
    check(command.verb == COMMAND_STOP);
    return 0;
}
