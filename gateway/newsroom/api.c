#include "gateway/newsroom/api.h"

#include "gateway/bulletin/cap_xml.h"
#include "gateway/newsroom/api_handlers.h"

#define EMPTY_MAX 16     /* "{}" with some spaces */
#define SMALL_MAX 1024   /* a few numbers and words */
#define SEALED_MAX 4096  /* sealed bytes in base64 */
#define SKETCH_MAX 32768 /* what is opaque in it may be written with escapes */
#define RUMOUR_MAX 8192
#define READING_MAX 33554432 /* five minutes of the best WAV */
#define READING_TYPES "audio/wav audio/x-wav audio/wave audio/vnd.wave audio/flac audio/x-flac"
#define PEOPLE_MAX 4194304 /* a list of subscribers */

static const struct route routes[] = {
    {ROUTES_GET, "/api/site", ROUTES_SESSION, 0, NULL, api_site_get},
    {ROUTES_PUT, "/api/roster", ROUTES_SESSION, SEALED_MAX, NULL, api_site_put_roster},

    {ROUTES_GET, "/api/bulletins", ROUTES_SESSION, 0, NULL, api_bulletins_list},
    {ROUTES_GET, "/api/bulletins/:number", ROUTES_SESSION, 0, NULL, api_bulletins_get},
    {ROUTES_POST, "/api/bulletins", ROUTES_SESSION, SEALED_MAX, NULL, api_bulletins_submit},

    {ROUTES_GET, "/api/sketches", ROUTES_SESSION, 0, NULL, api_sketches_list},
    {ROUTES_GET, "/api/sketches/:id", ROUTES_SESSION, 0, NULL, api_sketches_get},
    {ROUTES_POST, "/api/sketches", ROUTES_SESSION, SKETCH_MAX, NULL, api_sketches_add},
    {ROUTES_PUT, "/api/sketches/:id", ROUTES_SESSION, SKETCH_MAX, NULL, api_sketches_put},

    {ROUTES_GET, "/api/drafts", ROUTES_SESSION, 0, NULL, api_drafts_list},
    {ROUTES_GET, "/api/drafts/:id", ROUTES_SESSION, 0, NULL, api_drafts_get},
    {ROUTES_POST, "/api/drafts", ROUTES_SESSION, SEALED_MAX, NULL, api_drafts_add},
    {ROUTES_POST, "/api/drafts/:id/approvals", ROUTES_SESSION, SEALED_MAX, NULL,
        api_drafts_approve},
    {ROUTES_POST, "/api/drafts/:id/send", ROUTES_SESSION, EMPTY_MAX, NULL, api_drafts_send},
    {ROUTES_DELETE, "/api/drafts/:id", ROUTES_SESSION, 0, NULL, api_drafts_drop},

    {ROUTES_POST, "/api/audience", ROUTES_SESSION, SMALL_MAX, NULL, api_audience_get},

    {ROUTES_POST, "/api/modems/:name", ROUTES_SESSION, SMALL_MAX, NULL, api_modems_control},

    {ROUTES_GET, "/api/subscribers", ROUTES_SESSION, 0, NULL, api_people_count},
    {ROUTES_POST, "/api/subscribers", ROUTES_SESSION | ROUTES_HEAVY, PEOPLE_MAX, NULL,
        api_people_import},
    {ROUTES_GET, "/api/doubts", ROUTES_SESSION, 0, NULL, api_people_doubts},

    {ROUTES_GET, "/api/tips", ROUTES_SESSION, 0, NULL, api_desk_tips},
    {ROUTES_GET, "/api/rumours", ROUTES_SESSION, 0, NULL, api_desk_rumours},
    {ROUTES_POST, "/api/rumours", ROUTES_SESSION, RUMOUR_MAX, NULL, api_desk_add_rumour},
    {ROUTES_PUT, "/api/rumours/:id", ROUTES_SESSION, RUMOUR_MAX, NULL, api_desk_put_rumour},
    {ROUTES_GET, "/api/asked", ROUTES_SESSION, 0, NULL, api_desk_asked},

    {ROUTES_GET, "/api/audit", ROUTES_SESSION, 0, NULL, api_audit_list},
    {ROUTES_GET, "/api/audit/verify", ROUTES_SESSION, 0, NULL, api_audit_verify},

    {ROUTES_GET, "/api/radio", ROUTES_SESSION, 0, NULL, api_radio_list},
    {ROUTES_GET, "/api/radio/:file", ROUTES_SESSION, 0, NULL, api_radio_play},

    {ROUTES_GET, "/api/readings", ROUTES_SESSION, 0, NULL, api_readings_list},
    {ROUTES_PUT, "/api/readings/:language", ROUTES_SESSION | ROUTES_HEAVY | ROUTES_FILE,
        READING_MAX, READING_TYPES, api_readings_put},
    {ROUTES_GET, "/api/readings/:language/sound", ROUTES_SESSION, 0, NULL, api_readings_play},
    {ROUTES_POST, "/api/readings/:language/approvals", ROUTES_SESSION, SMALL_MAX, NULL,
        api_readings_approve},
    {ROUTES_DELETE, "/api/readings/:language", ROUTES_SESSION, 0, NULL, api_readings_drop},

    {ROUTES_POST, "/api/listen", ROUTES_SESSION | ROUTES_HEAVY, SEALED_MAX, NULL, api_listen_speak},

    {ROUTES_POST, "/api/cap", ROUTES_SESSION, CAP_BYTES_MAX,
        "application/cap+xml text/xml application/xml", api_cap_import},
    {ROUTES_GET, "/api/bulletins/:number/cap", ROUTES_SESSION, 0, NULL, api_cap_export},
    {ROUTES_GET, "/api/feed.atom", ROUTES_SESSION, 0, NULL, api_cap_feed},
};

static const struct routes_table tables[] = {{routes, sizeof routes / sizeof routes[0]}};

const struct routes_table *api_tables(size_t *count)
{
    *count = sizeof tables / sizeof tables[0];
    return tables;
}
