/* dabylctl: the gateway's command line: keys, rosters, drafts, bulletins, subscribers, previews, status. */
#include "gateway/base/role.h"
#include "gateway/bulletin/seal.h"
#include "gateway/tools/args.h"
#include "gateway/tools/ctl.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <string.h>

struct command {
    const char *words; /* one or two */
    int (*function)(const struct args *args);
    const char *arguments;
    const char *options; /* that it takes beside --json --config --state --help */
    const char *help;
};

static int print_completion(const struct args *args);

static const struct command commands[] = {
    {"key newsroom", ctl_key_newsroom, "-o FILE", "out passphrase-file",
        "make the newsroom's offline key; prints its fingerprint"},
    {"key editor", ctl_key_editor, "--name NAME -o FILE", "name out passphrase-file",
        "make an editor's key"},
    {"key show", ctl_key_show, "FILE.pub", "", "print a public key and its fingerprint"},
    {"roster make", ctl_roster_make,
        "--key NEWSROOM [--roster OLD] --editor FILE.pub ... "
        "[--station FILE.pub ...] -o FILE",
        "key roster editor station approvals number days revoke out passphrase-file",
        "seal the list of editors and stations with the newsroom's key"},
    {"roster show", ctl_roster_show, "FILE", "", "print a roster file"},
    {"roster put", ctl_roster_put, "FILE", "", "give the running gateway a roster"},
    {"roster get", ctl_roster_get, "[-o FILE]", "out", "print and save the gateway's roster"},
    {"station show", ctl_station_show, "[-o FILE.pub]", "out",
        "print the public key by which the radio signs when it sends, or save it"},
    {"sketch list", ctl_sketch_list, "", "", "list the drafts in the making"},
    {"sketch show", ctl_sketch_show, "SKETCH", "", "print one"},
    {"sketch put", ctl_sketch_put, "[SKETCH] --from FILE.json", "from",
        "save a new one, or over one that is there"},
    {"sketch close", ctl_sketch_close, "SKETCH", "", "put one away"},
    {"template list", ctl_template_list, "", "", "list the bulletins with slots"},
    {"template show", ctl_template_show, "NAME", "", "print one: its slots, texts and codes"},
    {"draft new", ctl_draft_new,
        "--from FILE.json | --template NAME --set SLOT=TEXT ... --regions R [--lifetime MIN]",
        "from template set regions lifetime print",
        "hand in a text in up to three languages, or --print it"},
    {"draft list", ctl_draft_list, "", "", "list the drafts"},
    {"draft show", ctl_draft_show, "DRAFT", "", "show what a draft says"},
    {"draft approve", ctl_draft_approve, "DRAFT --key FILE [--yes]", "key passphrase-file yes",
        "read it, then sign it with your key"},
    {"draft drop", ctl_draft_drop, "DRAFT", "", "forget a draft that has not been sent"},
    {"send", ctl_send, "DRAFT", "", "send a draft that two editors have signed"},
    {"status", ctl_status, "[NUMBER] [--watch]", "watch",
        "how the gateway, its modems and bulletins are"},
    {"audience", ctl_audience, "--regions R [--severity S] [--testers] [--parts N]",
        "regions severity testers parts",
        "how many a bulletin would reach, and how long that would take"},
    {"outcome", ctl_outcome, "NUMBER", "",
        "what became of a bulletin by language, by region, by why it failed"},
    {"air", ctl_air, "", "", "list what was on the air"},
    {"radio", ctl_radio, "[--watch]", "watch", "what the transmitter does, and when it sends next"},
    {"doubt", ctl_doubt, "", "", "list, masked, who may not have been reached"},
    {"modems pause", ctl_modems_pause, "NAME", "", "give a modem nothing until it is resumed"},
    {"modems resume", ctl_modems_resume, "NAME", "", "let a modem work again"},
    {"modems drain", ctl_modems_drain, "NAME", "",
        "let a modem finish the texts that it has begun, and give it no others"},
    {"modems test", ctl_modems_test, "NAME --to NUMBER", "to", "send one text of fixed wording"},
    {"modems", ctl_modems, "", "", "list the modems: state, credit, pace, budget, why one rests"},
    {"rumours list", ctl_rumours_list, "", "", "list what is being looked into"},
    {"rumours put", ctl_rumours_put,
        "[RUMOUR] [--ask WORDS] [--claim TEXT] [--evidence TEXT] [--answer NUMBER]",
        "ask claim evidence answer", "look into a rumour; --answer says which bulletin answers it"},
    {"rumours close", ctl_rumours_close, "RUMOUR", "", "CHECK knows it no more"},
    {"asked", ctl_asked, "", "", "what people ask CHECK about, the most frequent first"},
    {"reports list", ctl_reports_list, "", "", "what people sent to the desk, numbers masked"},
    {"subscribers import", ctl_subscribers_import, "FILE --consent TEXT [--testers]",
        "consent testers", "add people who agreed; a line is NUMBER;LANGUAGE;SCRIPT;REGIONS"},
    {"subscribers tester", ctl_subscribers_tester, "NUMBER [--remove]", "remove",
        "let a subscriber get drills, or no more"},
    {"subscribers list", ctl_subscribers_list, "", "", "list subscribers, numbers masked"},
    {"subscribers count", ctl_subscribers_count, "", "",
        "count them by region, language and script"},
    {"subscribers export", ctl_subscribers_export, "--numbers -o FILE", "numbers out",
        "save their numbers in clear; the audit says so"},
    {"audit show", ctl_audit_show, "", "", "who did what"},
    {"audit export", ctl_audit_export, "-o FILE", "out",
        "save it with its hashes, a line of JSON for each row"},
    {"audit verify", ctl_audit_verify, "", "", "prove that nothing of it was altered or removed"},
    {"newsroom show", ctl_newsroom_show, "", "",
        "where the newsroom's page is, as a QR code too, and its certificate's fingerprint"},
    {"backup", ctl_backup, "-o FILE", "out passphrase-file",
        "save the store and its key, encrypted with a passphrase, while all goes on"},
    {"restore", ctl_restore, "FILE", "passphrase-file",
        "put a backup into an empty state folder; what was going out is held"},
    {"resume", ctl_resume, "[NUMBER]", "",
        "after a restore: let a bulletin that is held, or all, go on being sent"},
    {"clock trust", ctl_clock_trust, "", "",
        "say that this machine's clock is right now: the gateway believes it at once"},
    {"wipe", ctl_wipe, "[--yes]", "yes", "destroy the site key, then all that the gateway keeps"},
    {"bulletin show", ctl_bulletin_show, "FILE", "", "print a bulletin file, not verified"},
    {"bulletin verify", ctl_bulletin_verify, "FILE --roster FILE --fingerprint F",
        "roster fingerprint", "check who signed a bulletin file"},
    {"bulletin export", ctl_bulletin_export, "NUMBER -o FILE [--format F]", "out format",
        "save a bulletin: bulletin, armour, json, signify or cap"},
    {"bulletin import", ctl_bulletin_import, "FILE", "",
        "hand in a sealed bulletin from elsewhere"},
    {"reading put", ctl_reading_put, "DRAFT FILE --lang L", "lang",
        "store a person's recording for the air in place of the synthesiser"},
    {"reading approve", ctl_reading_approve, "DRAFT --lang L --key FILE",
        "lang key passphrase-file", "sign a recording, having listened to it"},
    {"reading drop", ctl_reading_drop, "DRAFT --lang L", "lang",
        "remove a recording: the synthesiser speaks"},
    {"cap import", ctl_cap_import, "FILE", "",
        "make a draft of a CAP message from elsewhere, and say what it could not take over"},
    {"render", ctl_render,
        "FILE --sms [--lang L --script S --parts N --full --sender S] | --air hf -o FILE.wav "
        "--roster FILE "
        "--fingerprint F",
        "sms air lang script parts full out sender roster fingerprint",
        "show the texts, or make the sound, of a bulletin"},
    {"completion", print_completion, "", "", "print the completion for bash"},
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static int print_help(FILE *to)
{
    (void)fputs("usage: dabylctl COMMAND [options]\n\n", to);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        (void)fprintf(to, "  %-19s %s\n", commands[i].words, commands[i].help);
    (void)fputs(
        "\nOptions of every command: --json, --help, --config FILE (default $DABYL_CONFIG, then\n"
        "/etc/dabyl/dabyl.conf), --state DIR instead of the configuration's.\n"
        "Exit codes: 0 done, 1 refused or not verified, 2 usage, 3 no gateway or configuration,\n"
        "4 a file cannot be read, written or understood, 5 wrong key or passphrase.\n",
        to);
    return to == stdout ? ARGS_EXIT_OK : ARGS_EXIT_USAGE;
}

/* For bash: of each command its words and its options, and the function that looks through them. */
static const char completion[] =
    "_dabylctl() {\n"
    "  local cur=${COMP_WORDS[COMP_CWORD]} line first second rest found=\"\"\n"
    "  while IFS='|' read -r line rest; do\n"
    "    read -r first second <<< \"$line\"\n"
    "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
    "      found+=\" $first\"\n"
    "    elif [ \"${COMP_WORDS[1]}\" = \"$first\" ]; then\n"
    "      if [ \"$COMP_CWORD\" -eq 2 ]; then found+=\" $second\"; fi\n"
    "      if [ -z \"$second\" ] || [ \"${COMP_WORDS[2]}\" = \"$second\" ]; then found+=\" "
    "$rest\"; fi\n"
    "    fi\n"
    "  done <<< \"$_dabylctl_commands\"\n"
    "  mapfile -t COMPREPLY < <(compgen -W \"$found\" -- \"$cur\")\n"
    "}\n"
    "complete -o default -F _dabylctl dabylctl\n";

static void print_options(const char *options)
{
    while (*options != '\0') {
        size_t size = strcspn(options, " ");
        if (size == 3 && memcmp(options, "out", size) == 0)
            printf(" -o");
        else
            printf(" --%.*s", (int)size, options);
        options += size;
        options += strspn(options, " ");
    }
}

static int print_completion(const struct args *args)
{
    (void)args;
    printf("# bash completion for dabylctl, made by dabylctl completion\n_dabylctl_commands='");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        printf("%s%s|", i > 0 ? "\n" : "", commands[i].words);
        print_options(commands[i].options);
        printf(" --json --config --state --help");
    }
    printf("'\n%s", completion);
    return ARGS_EXIT_OK;
}

static int print_command_help(const struct command *command)
{
    printf("usage: dabylctl %s %s\n%s\n", command->words, command->arguments, command->help);
    if (command->options[0] != '\0')
        printf("options: %s\n", command->options);
    return ARGS_EXIT_OK;
}

/* How many of args' words name this command; 0 if they do not. */
static unsigned match(const struct command *command, const struct args *args)
{
    const char *space = strchr(command->words, ' ');
    if (space == NULL)
        return args->word_count >= 1 && strcmp(args->words[0], command->words) == 0 ? 1 : 0;
    size_t first = (size_t)(space - command->words);
    return args->word_count >= 2 && strlen(args->words[0]) == first &&
                   memcmp(args->words[0], command->words, first) == 0 &&
                   strcmp(args->words[1], space + 1) == 0
               ? 2
               : 0;
}

static int run(const struct command *command, struct args *args, unsigned own_words)
{
    args->word_count -= own_words;
    memmove(args->words, args->words + own_words, args->word_count * sizeof args->words[0]);
    if (args->help)
        return print_command_help(command);
    if (args_check_allowed(args, command->options) != ERR_OK)
        return ARGS_EXIT_USAGE;
    return command->function(args);
}

/* The commands that begin with a word, for somebody who wrote only that. */
static int complain(const struct args *args)
{
    bool known = false;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        size_t size = strlen(args->words[0]);
        if (strncmp(commands[i].words, args->words[0], size) == 0 &&
            commands[i].words[size] == ' ') {
            (void)fprintf(stderr, "dabylctl %s %s\n", commands[i].words, commands[i].arguments);
            known = true;
        }
    }
    if (known)
        return ARGS_EXIT_USAGE;
    return args_fail(
        ARGS_EXIT_USAGE, "there is no command '%s'; 'dabylctl --help' lists them", args->words[0]);
}

int main(int argc, char **argv)
{
    struct args args;
    role_hide(); /* passphrases, keys, numbers */
    if (args_parse(&args, argc, argv) != ERR_OK)
        return ARGS_EXIT_USAGE;
    if (args.word_count == 0)
        return output_finish(print_help(args.help ? stdout : stderr));
    if (seal_init() != ERR_OK)
        return args_fail(ARGS_EXIT_KEY, "no source of randomness");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        unsigned own_words = match(&commands[i], &args);
        if (own_words > 0)
            return output_finish(run(&commands[i], &args, own_words));
    }
    return complain(&args);
}
