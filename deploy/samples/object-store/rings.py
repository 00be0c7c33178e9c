"""Writes the rings of a Swift with one device to a folder: where in the cluster what is."""

import sys

from swift.common.ring import RingBuilder

PORTS = {"account": 6202, "container": 6201, "object": 6200}

for server, port in PORTS.items():
    builder = RingBuilder(2, 1, 0)
    builder.add_dev(
        {
            "id": 0,
            "region": 1,
            "zone": 1,
            "ip": "127.0.0.1",
            "port": port,
            "replication_ip": "127.0.0.1",
            "replication_port": port,
            "device": "disk",
            "weight": 1,
        }
    )
    builder.rebalance()
    builder.get_ring().save(f"{sys.argv[1]}/{server}.ring.gz")
