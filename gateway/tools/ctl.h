/* ctl: dabylctl's commands: each one function, in the file of its family, one row of the table in main.c.
 * Each returns an exit code of args.h, having told what went wrong.
 */
#ifndef GATEWAY_TOOLS_CTL_H
#define GATEWAY_TOOLS_CTL_H

#include "gateway/tools/args.h"

int ctl_key_newsroom(const struct args *args);
int ctl_key_editor(const struct args *args);
int ctl_key_show(const struct args *args);

int ctl_roster_make(const struct args *args);
int ctl_roster_show(const struct args *args);
int ctl_roster_put(const struct args *args);
int ctl_roster_get(const struct args *args);
int ctl_station_show(const struct args *args);

int ctl_template_list(const struct args *args);
int ctl_template_show(const struct args *args);

int ctl_draft_new(const struct args *args);
int ctl_draft_list(const struct args *args);
int ctl_draft_show(const struct args *args);
int ctl_draft_approve(const struct args *args);
int ctl_draft_drop(const struct args *args);
int ctl_send(const struct args *args);

int ctl_status(const struct args *args);
int ctl_doubt(const struct args *args);

int ctl_modems(const struct args *args);
int ctl_modems_pause(const struct args *args);
int ctl_modems_resume(const struct args *args);
int ctl_modems_drain(const struct args *args);
int ctl_modems_test(const struct args *args);

int ctl_sketch_list(const struct args *args);
int ctl_sketch_show(const struct args *args);
int ctl_sketch_put(const struct args *args);
int ctl_sketch_close(const struct args *args);

int ctl_audience(const struct args *args);
int ctl_outcome(const struct args *args);
int ctl_air(const struct args *args);
int ctl_radio(const struct args *args);

int ctl_rumours_list(const struct args *args);
int ctl_rumours_put(const struct args *args);
int ctl_rumours_close(const struct args *args);
int ctl_asked(const struct args *args);

int ctl_reports_list(const struct args *args);

int ctl_subscribers_import(const struct args *args);
int ctl_subscribers_tester(const struct args *args);
int ctl_subscribers_export(const struct args *args);
int ctl_subscribers_list(const struct args *args);
int ctl_subscribers_count(const struct args *args);

int ctl_bulletin_show(const struct args *args);
int ctl_bulletin_verify(const struct args *args);
int ctl_bulletin_export(const struct args *args);
int ctl_bulletin_import(const struct args *args);

int ctl_reading_put(const struct args *args);
int ctl_reading_approve(const struct args *args);
int ctl_reading_drop(const struct args *args);

int ctl_cap_import(const struct args *args);

int ctl_audit_show(const struct args *args);
int ctl_audit_export(const struct args *args);
int ctl_audit_verify(const struct args *args);
int ctl_newsroom_show(const struct args *args);
int ctl_wipe(const struct args *args);
int ctl_backup(const struct args *args);
int ctl_restore(const struct args *args);
int ctl_resume(const struct args *args);
int ctl_clock_trust(const struct args *args);

int ctl_render(const struct args *args);

#endif
