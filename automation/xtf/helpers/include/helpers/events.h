/* SPDX-License-Identifier: GPL-2.0-only */
/* Events of Xen's, looked at rather than delivered. */
#ifndef HELPERS_EVENTS_H
#define HELPERS_EVENTS_H

#include <xtf.h>

#include <xen/event_channel.h>

/* A port for the VIRQ on vCPU 0. Any failure ends the test. */
evtchn_port_t bind_virq(unsigned int virq);

/*
 * The port of VIRQ_DOM_EXC. Later versions of Xen keep a page for good once it
 * is bound, so whatever creates domains or counts free pages calls this first.
 */
evtchn_port_t dom_exc_port(void);

/* Has the event happened since the last call? */
bool test_and_clear_event(evtchn_port_t port);

#endif /* HELPERS_EVENTS_H */
