/* backend: requests in a row and answers in their order, whatever becomes of the dispatcher. The test stands at the other end of
 * the socket. */
#include "gateway/newsroom/backend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>

#define TOLD_MAX 2048
#define ROUND_MS 30 /* for what is under way to come through */

struct told {
    unsigned tag;
    enum message_type type;
    unsigned result;
    bool last;
};

struct stage {
    struct loop *loop;
    struct loop_source *timer;
    struct backend *backend;
    int other; /* the dispatcher's end */
    unsigned count;
    struct told told[TOLD_MAX];
    bool closed;
    unsigned granted;
    void (*const *steps)(struct stage *stage); /* the last is NULL */
    struct tag {
        struct stage *stage;
        unsigned tag;
    } tags[TOLD_MAX];
};

static void on_reply(void *arg, const struct message *reply, bool last)
{
    const struct tag *tag = arg;
    struct stage *stage = tag->stage;
    assert_true(stage->count < TOLD_MAX);
    stage->told[stage->count++] = (struct told){
        tag->tag, reply->type, reply->type == MESSAGE_REFUSED ? reply->as.refused.result : 0, last};
}

static void on_closed(void *arg)
{
    struct stage *stage = arg;
    stage->closed = true;
}

static void on_granted(void *arg, enum message_type granted)
{
    struct stage *stage = arg;
    stage->granted += granted == MESSAGE_SKETCH_PUT;
}

/* One step of the test each round. */
static void on_time(void *arg)
{
    struct stage *stage = arg;
    if (*stage->steps == NULL) {
        loop_stop(stage->loop, 0);
        return;
    }
    (*stage->steps++)(stage);
    loop_set_timer(stage->timer, ROUND_MS);
}

static struct stage *open_stage(void)
{
    static struct stage stage;
    int fds[2];
    stage = (struct stage){.loop = loop_new()};
    assert_int_equal(ipc_pair(fds), ERR_OK);
    stage.other = fds[1];
    stage.timer = loop_add_timer(stage.loop, on_time, &stage);
    stage.backend = backend_new(stage.loop, fds[0], on_closed, &stage);
    backend_watch(stage.backend, on_granted, &stage);
    for (unsigned i = 0; i < TOLD_MAX; i++)
        stage.tags[i] = (struct tag){&stage, i};
    return &stage;
}

static void close_stage(struct stage *stage)
{
    backend_free(stage->backend);
    loop_remove(stage->timer);
    loop_free(stage->loop);
    if (stage->other >= 0)
        close(stage->other);
}

static void play(struct stage *stage, void (*const *steps)(struct stage *stage))
{
    stage->steps = steps;
    loop_set_timer(stage->timer, 0);
    assert_int_equal(loop_run(stage->loop), 0);
}

static void ask(struct stage *stage, enum message_type type, unsigned tag)
{
    const struct message message = {.type = type, .fd = 77};
    backend_ask(stage->backend, &message, on_reply, &stage->tags[tag]);
}

static void answer(struct stage *stage, enum message_type type, enum err result)
{
    struct message message = {.type = type, .fd = -1};
    if (type == MESSAGE_REFUSED)
        message.as.refused.result = (uint8_t)result;
    assert_int_equal(messages_send(stage->other, &message), ERR_OK);
}

static void expect(const struct stage *stage, const struct told *wanted, unsigned count)
{
    assert_int_equal(stage->count, count);
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(stage->told[i].tag, wanted[i].tag);
        assert_int_equal(stage->told[i].type, wanted[i].type);
        assert_int_equal(stage->told[i].result, wanted[i].result);
        assert_int_equal(stage->told[i].last, wanted[i].last);
    }
}

static void ask_three(struct stage *stage)
{
    ask(stage, MESSAGE_SKETCH_PUT, 1);
    ask(stage, MESSAGE_STATUS_GET, 2);
    ask(stage, MESSAGE_ROSTER_GET, 3);
    assert_int_equal(stage->count, 0); /* never before it returns */
    assert_int_equal(backend_waiting(stage->backend), 3);
}

static void answer_three(struct stage *stage)
{
    struct message request;
    static const enum message_type asked[] = {
        MESSAGE_SKETCH_PUT, MESSAGE_STATUS_GET, MESSAGE_ROSTER_GET};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(messages_receive(stage->other, &request), ERR_OK);
        assert_int_equal(request.type, asked[i]);
        assert_int_equal(request.fd, -1); /* no descriptor goes along */
    }
    answer(stage, MESSAGE_SKETCH, ERR_OK);
    answer(stage, MESSAGE_STATUS_SITE, ERR_OK);
    answer(stage, MESSAGE_STATUS_MODEM, ERR_OK);
    answer(stage, MESSAGE_END, ERR_OK);
    answer(stage, MESSAGE_REFUSED, ERR_ROSTER);
    answer(stage, MESSAGE_OK, ERR_OK); /* nobody has asked for it */
}

static void test_order(void **state)
{
    (void)state;
    static void (*const steps[])(struct stage *) = {ask_three, answer_three, NULL};
    static const struct told wanted[] = {{1, MESSAGE_SKETCH, 0, true},
        {2, MESSAGE_STATUS_SITE, 0, false}, {2, MESSAGE_STATUS_MODEM, 0, false},
        {2, MESSAGE_END, 0, true}, {3, MESSAGE_REFUSED, ERR_ROSTER, true}};
    struct stage *stage = open_stage();
    play(stage, steps);
    expect(stage, wanted, 5);
    assert_int_equal(stage->granted, 1);
    assert_int_equal(backend_waiting(stage->backend), 0);
    assert_false(stage->closed);
    close_stage(stage);
}

static void leave(struct stage *stage)
{
    struct message request;
    while (messages_receive(stage->other, &request) == ERR_OK)
        continue;
    answer(stage, MESSAGE_SKETCH, ERR_OK);
    answer(stage, MESSAGE_STATUS_SITE, ERR_OK); /* and not the end of the list */
    close(stage->other);
    stage->other = -1;
}

static void ask_again(struct stage *stage)
{
    ask(stage, MESSAGE_ROSTER_GET, 4);
}

/* What was under way, and what comes after, is refused, each once. */
static void test_the_dispatcher_goes(void **state)
{
    (void)state;
    static void (*const steps[])(struct stage *) = {ask_three, leave, ask_again, NULL};
    static const struct told wanted[] = {{1, MESSAGE_SKETCH, 0, true},
        {2, MESSAGE_STATUS_SITE, 0, false}, {2, MESSAGE_REFUSED, ERR_CLOSED, true},
        {3, MESSAGE_REFUSED, ERR_CLOSED, true}, {4, MESSAGE_REFUSED, ERR_CLOSED, true}};
    struct stage *stage = open_stage();
    play(stage, steps);
    expect(stage, wanted, 5);
    assert_true(stage->closed);
    close_stage(stage);
}

static void ask_too_much(struct stage *stage)
{
    for (unsigned i = 0; i < BACKEND_WAITING_MAX + 3; i++)
        ask(stage, MESSAGE_ROSTER_GET, i);
    assert_int_equal(stage->count, 0);
    assert_int_equal(backend_waiting(stage->backend), BACKEND_WAITING_MAX);
}

/* More than the socket takes at a time: the dispatcher reads and answers a part at each step. */
static void answer_some(struct stage *stage)
{
    struct message request;
    while (messages_receive(stage->other, &request) == ERR_OK)
        answer(stage, MESSAGE_REFUSED, ERR_ROSTER);
}

static void test_bounds(void **state)
{
    (void)state;
    static void (*const steps[])(struct stage *) = {ask_too_much, answer_some, answer_some,
        answer_some, answer_some, answer_some, answer_some, NULL};
    unsigned busy = 0;
    unsigned next = 0;
    struct stage *stage = open_stage();
    play(stage, steps);
    assert_int_equal(stage->count, BACKEND_WAITING_MAX + 3);
    for (unsigned i = 0; i < stage->count; i++) {
        assert_true(stage->told[i].last);
        if (stage->told[i].result == ERR_BUSY)
            busy++;
        else
            assert_int_equal(stage->told[i].tag, next++);
    }
    assert_int_equal(busy, 3);
    close_stage(stage);
}

static void ask_malformed(struct stage *stage)
{
    struct message message = {.type = MESSAGE_TYPE_COUNT, .fd = -1};
    ask(stage, MESSAGE_ROSTER_GET, 1);
    backend_ask(stage->backend, &message, on_reply, &stage->tags[2]);
    ask(stage, MESSAGE_TIP_LIST, 3);
}

static void answer_malformed(struct stage *stage)
{
    static const uint8_t bytes[] = {0, 0xff, 1, 2, 3};
    assert_int_equal(write(stage->other, bytes, sizeof bytes), sizeof bytes);
    answer(stage, MESSAGE_TIP, ERR_OK);
    assert_int_equal(write(stage->other, bytes, sizeof bytes), sizeof bytes);
    answer(stage, MESSAGE_END, ERR_OK);
}

/* What can't be read keeps its place in the row, so that nobody gets another's answer. */
static void test_malformed(void **state)
{
    (void)state;
    static void (*const steps[])(struct stage *) = {ask_malformed, answer_malformed, NULL};
    struct stage *stage = open_stage();
    play(stage, steps);
    assert_int_equal(stage->count, 4);
    assert_int_equal(stage->told[0].tag, 2); /* was never sent */
    assert_int_equal(stage->told[0].type, MESSAGE_REFUSED);
    assert_int_equal(stage->told[1].tag, 1);
    assert_int_equal(stage->told[1].result, ERR_FORMAT);
    assert_int_equal(stage->told[2].type, MESSAGE_TIP);
    assert_int_equal(stage->told[3].tag, 3);
    assert_int_equal(stage->told[3].type, MESSAGE_END);
    close_stage(stage);
}

/* Freed with requests under way: each is told. */
static void test_freed_early(void **state)
{
    (void)state;
    static void (*const steps[])(struct stage *) = {ask_three, NULL};
    struct stage *stage = open_stage();
    play(stage, steps);
    assert_int_equal(stage->count, 0);
    close_stage(stage);
    assert_int_equal(stage->count, 3);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(stage->told[i].result, ERR_CLOSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_the_dispatcher_goes),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_freed_early),
    };
    return cmocka_run_group_tests_name("backend", tests, NULL, NULL);
}
