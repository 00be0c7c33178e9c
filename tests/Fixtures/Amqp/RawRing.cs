using System.Text;
using Integration.Bus.RabbitMq.Frames;

namespace Integration.Fixtures.Amqp;

/// <summary>The properties of a message as the bytes of its header frame: flags, then values in the order of the flags.</summary>
public sealed class RawRing
{
    private readonly SortedDictionary<int, byte[]> _values = [];
    private readonly List<(string Name, byte[] Value)> _headers = [];

    /// <summary>With a header that RabbitMQ takes and RabbitMQ.Client cannot decode: a decimal with 200 places.</summary>
    public static byte[] Undecodable => new RawRing().Header("price", [(byte)'D', 200, 0, 0, 0, 1]).ToArray();

    /// <summary>A value of a header: a list within a list, this many times.</summary>
    public static byte[] Nested(int depth)
    {
        const int Level = 5;
        var value = new AmqpWriter();
        for (var left = depth - 1; left >= 0; left--)
            value.Octet((byte)'A').Long((uint)((left * Level) + 1));
        return value.Octet((byte)'V').ToArray();
    }

    /// <summary>A property that is a short string.</summary>
    /// <param name="name">As AMQP calls it, e.g. <c>message_id</c>.</param>
    /// <param name="bytes">At most 255; of any encoding.</param>
    public RawRing Text(string name, params byte[] bytes) => Set(name, [(byte)bytes.Length, .. bytes]);

    /// <summary>A property that is a short string, in UTF-8.</summary>
    public RawRing Text(string name, string text) => Text(name, Encoding.UTF8.GetBytes(text));

    /// <summary><c>timestamp</c>.</summary>
    public RawRing Timestamp(ulong value) => Set("timestamp", new AmqpWriter().LongLong(value).ToArray());

    /// <summary><c>priority</c> or <c>delivery_mode</c>.</summary>
    public RawRing Octet(string name, byte value) => Set(name, [value]);

    /// <summary>A header.</summary>
    /// <param name="name">At most 255 bytes.</param>
    /// <param name="value">With its type before it.</param>
    public RawRing Header(string name, byte[] value)
    {
        _headers.Add((name, value));
        return this;
    }

    /// <summary>Flags and values.</summary>
    public byte[] ToArray()
    {
        if (_headers.Count > 0)
        {
            var table = new AmqpWriter();
            foreach (var (name, value) in _headers)
                table.ShortString(name).Raw(value);
            Set("headers", new AmqpWriter().LongString(table.ToArray()).ToArray());
        }

        var flags = _values.Keys.Aggregate(0, (all, place) => all | (1 << (15 - place)));
        var bytes = new AmqpWriter().Short((ushort)flags);
        foreach (var value in _values.Values)
            bytes.Raw(value);
        return bytes.ToArray();
    }

    private RawRing Set(string name, byte[] value)
    {
        var place = Array.IndexOf(
            [
                "content_type",
                "content_encoding",
                "headers",
                "delivery_mode",
                "priority",
                "correlation_id",
                "reply_to",
                "expiration",
                "message_id",
                "timestamp",
                "type",
                "user_id",
                "app_id",
                "cluster_id",
            ],
            name
        );
        ArgumentOutOfRangeException.ThrowIfNegative(place, nameof(name));
        _values[place] = value;
        return this;
    }
}
