/* conf_radio: the radio section of the configuration file (conf.h). Beside conf the only one that knows libconfuse.
 */
#ifndef GATEWAY_BASE_CONF_RADIO_H
#define GATEWAY_BASE_CONF_RADIO_H

#include "gateway/base/conf.h"

#define CONF_RADIO_OPTIONS 17 /* with the one that ends them */

struct cfg_t;
struct cfg_opt_t;

/* The section's keys and their defaults, into CONF_RADIO_OPTIONS places. */
void conf_radio_fill(struct cfg_opt_t *options);
/* libconfuse's validation of the whole section: numbers, lengths, what needs what. -1 after cfg_error. */
int conf_radio_check(struct cfg_t *cfg, struct cfg_opt_t *opt);
void conf_radio_take(struct conf *conf, struct cfg_t *from);

#endif
