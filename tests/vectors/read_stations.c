/* read_stations: the part of vectors_test that reads rosters with stations, and what stations sign. */

static void check_stations(const struct roster *roster, const json_t *list)
{
    size_t i;
    json_t *row;
    assert_int_equal(roster->station_count, json_array_size(list));
    json_array_foreach(list, i, row)
    {
        uint8_t public_key[SEAL_PUBLIC_SIZE];
        const struct roster_station *station = &roster->stations[i];
        assert_int_equal(unhex(public_key, row, "public"), sizeof public_key);
        assert_memory_equal(station->public_key, public_key, sizeof public_key);
        assert_string_equal(station->name, text_of(row, "name"));
        assert_int_equal(station->from_s, number_of(row, "from"));
        assert_int_equal(station->until_s, number_of(row, "until"));
    }
}

static void test_stations(void **state)
{
    (void)state;
    json_t *list = load("stations.json");
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row)
    {
        struct bytes sealed;
        struct roster roster;
        get_sealed(&sealed, row);
        assert_int_equal(roster_decode(&roster, sealed.data, sealed.size), ERR_OK);
        assert_int_equal(roster.number, number_of(row, "number"));
        assert_int_equal(roster.editor_count, number_of(row, "editors"));
        check_stations(&roster, json_object_get(row, "stations"));
    }
    json_decref(list);
}

/* The station of the roster with stations that has signed a frame; NULL: none. */
static const char *find_station(struct ident *ident, const struct roster *roster, const json_t *row)
{
    struct bytes frame;
    uint8_t id[IDENT_NEWSROOM_SIZE];
    frame.size = unhex(frame.data, row, "frame");
    assert_int_equal(frame.size, FRAME_SIZE);
    seal_newsroom_id(id, roster->newsroom_key);
    if (ident_decode(ident, frame.data) != ERR_OK || memcmp(id, ident->newsroom, sizeof id) != 0)
        return NULL;
    for (unsigned i = 0; i < roster->station_count; i++)
        if (roster_station_valid(&roster->stations[i], ident->time_s) &&
            ident_check(ident, roster->stations[i].public_key) == ERR_OK)
            return roster->stations[i].name;
    return NULL;
}

static void test_idents(void **state)
{
    (void)state;
    json_t *list = load("idents.json");
    struct roster roster;
    size_t i;
    json_t *row;
    stations_roster(&roster);
    json_array_foreach(list, i, row)
    {
        struct ident ident;
        const char *name = find_station(&ident, &roster, row);
        if (name == NULL)
            fail_msg("%s: no station has signed it", text_of(row, "name"));
        assert_string_equal(name, text_of(row, "station"));
        assert_int_equal(ident.number, number_of(row, "number"));
        assert_int_equal(ident.time_s, number_of(row, "time"));
        assert_int_equal(ident.in_force, number_of(row, "in_force"));
        assert_string_equal(ident.call, text_of(row, "call"));
        assert_string_equal(ident.times, text_of(row, "times"));
    }
    json_decref(list);
    list = load("idents-refused.json");
    json_array_foreach(list, i, row)
    {
        struct ident ident;
        if (find_station(&ident, &roster, row) != NULL)
            fail_msg("%s was taken", text_of(row, "name"));
    }
    json_decref(list);
}
