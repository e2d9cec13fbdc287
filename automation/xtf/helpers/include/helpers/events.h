/* SPDX-License-Identifier: GPL-2.0-only */
/* Events of Xen's, looked at rather than delivered. */
#ifndef HELPERS_EVENTS_H
#define HELPERS_EVENTS_H

#include <xtf.h>

#include <xen/event_channel.h>

/* A port for the VIRQ on vCPU 0. Any failure ends the test. */
evtchn_port_t bind_virq(unsigned int virq);

/* Has the event happened since the last call? */
bool test_and_clear_event(evtchn_port_t port);

#endif /* HELPERS_EVENTS_H */
