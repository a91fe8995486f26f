/* messages: any packet is decoded or refused; what was decoded is encoded to the same bytes. */
#include "gateway/messages/messages.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct ipc_packet packet;
    static struct ipc_packet again;
    static struct message message;
    if (size < 1 || size - 1 > IPC_PAYLOAD_MAX)
        return 0;
    packet.type = data[0];
    packet.size = size - 1;
    packet.fd = -1;
    memcpy(packet.payload, data + 1, size - 1);
    if (messages_decode(&message, &packet) != ERR_OK)
        return 0;
    if (messages_encode(&again, &message) != ERR_OK || again.size != packet.size ||
        memcmp(again.payload, packet.payload, packet.size) != 0)
        abort();
    return 0;
}
