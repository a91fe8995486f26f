/* sign_in: the routes by which editors sign in and out.
 *
 *   POST   /api/challenge                                 -> {"nonce", "at_s", "origin"}
 *   POST   /api/session {"editor", "nonce", "signature"}  -> {"editor": {"index", "name"}, "token"} and the cookie
 *   GET    /api/session                                   -> the same without a cookie
 *   DELETE /api/session
 */
#ifndef GATEWAY_NEWSROOM_SIGN_IN_H
#define GATEWAY_NEWSROOM_SIGN_IN_H

#include "gateway/newsroom/routes.h"

const struct routes_table *sign_in_table(void);

#endif
