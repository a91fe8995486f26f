#include "gateway/tools/output.h"

#include "gateway/tools/args.h"

#include <stdio.h>
#include <stdlib.h>

static int print(char *text, struct document *document)
{
    bool bad = puts(text) == EOF || fflush(stdout) != 0;
    free(text);
    document_free(document);
    return bad ? ARGS_EXIT_INPUT : ARGS_EXIT_OK;
}

int output_print(struct document *document)
{
    size_t size;
    return print(document_write_new(&size, document), document);
}

int output_print_indented(struct document *document)
{
    size_t size;
    return print(document_write_indented_new(&size, document), document);
}

int output_finish(int code)
{
    bool bad = fflush(stdout) != 0 || ferror(stdout) != 0;
    if (!bad || code != ARGS_EXIT_OK)
        return code;
    return args_fail(ARGS_EXIT_INPUT, "standard output cannot be written");
}
