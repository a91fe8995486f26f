/* api_handlers: one handler for each route of the API; api.c is the table of them, README.md shows each by an example. A handler
 * stands in the file that it is named after.
 */
#ifndef GATEWAY_NEWSROOM_API_HANDLERS_H
#define GATEWAY_NEWSROOM_API_HANDLERS_H

#include "gateway/newsroom/request.h"

void api_site_get(struct request *request);
void api_site_put_roster(struct request *request);

void api_bulletins_list(struct request *request);
void api_bulletins_get(struct request *request);
void api_bulletins_submit(struct request *request);

void api_sketches_list(struct request *request);
void api_sketches_get(struct request *request);
void api_sketches_add(struct request *request);
void api_sketches_put(struct request *request);

void api_drafts_list(struct request *request);
void api_drafts_get(struct request *request);
void api_drafts_add(struct request *request);
void api_drafts_approve(struct request *request);
void api_drafts_send(struct request *request);
void api_drafts_drop(struct request *request);

void api_audience_get(struct request *request);

void api_modems_control(struct request *request);

void api_people_count(struct request *request);
void api_people_import(struct request *request);
void api_people_doubts(struct request *request);

void api_desk_tips(struct request *request);
void api_desk_rumours(struct request *request);
void api_desk_add_rumour(struct request *request);
void api_desk_put_rumour(struct request *request);
void api_desk_asked(struct request *request);

void api_audit_list(struct request *request);
void api_audit_verify(struct request *request);

void api_radio_list(struct request *request);
void api_radio_play(struct request *request);

void api_readings_list(struct request *request);
void api_readings_put(struct request *request);
void api_readings_play(struct request *request);
void api_readings_approve(struct request *request);
void api_readings_drop(struct request *request);

void api_listen_speak(struct request *request);

void api_cap_import(struct request *request);
void api_cap_export(struct request *request);
void api_cap_feed(struct request *request);

#endif
