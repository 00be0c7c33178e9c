using FsCheck;
using FsCheck.Fluent;
using Integration.Bus.RabbitMq.Frames;
using Integration.Fixtures.Amqp;

namespace Integration.Bus.Tests.Ring;

/// <summary>
/// Properties as any peer may write them: each of AMQP's, present or absent, with values that it should not have; headers of every
/// type that AMQP has, among them those that the adapters read.
/// </summary>
internal static class RingGenerator
{
    private static readonly string[] _read =
    [
        "traceparent",
        "tracestate",
        "x-death",
        "x-first-death-exchange",
        "x-delivery-count",
        "x-acquired-count",
        "MT-Activity-Id",
        "MT-Host-Info",
        "Content-Type",
        "content-type",
        "MessageId",
    ];

    private static readonly string[] _texts =
    [
        "message_id",
        "correlation_id",
        "type",
        "reply_to",
        "app_id",
        "content_type",
        "content_encoding",
        "cluster_id",
    ];

    /// <summary>Rings of which the client can decode every one.</summary>
    public static Gen<byte[]> Decodable { get; } = Ring(largestScale: 28);

    private static Gen<byte[]> Ring(int largestScale) =>
        from texts in Choice(_texts).Zip(Bytes).ListOf().Resize(6)
        from timestamp in Timestamp.OrNull()
        from mode in Mode
        from priority in Octet.Select(Wrapped).OrNull()
        from expires in Gen.Frequency(
            (9, Gen.Constant<string?>(null)),
            (1, Choice<string?>("0", "60000", "-1", "soon"))
        )
        from user in Gen.Frequency((9, Gen.Constant<string?>(null)), (1, Choice<string?>("guest", "mallory")))
        from headers in HeaderName.Zip(Value(largestScale, 3)).ListOf().Resize(3)
        select Write(texts, timestamp, mode, priority, expires, user, headers);

    private static byte[] Write(
        IEnumerable<(string Name, byte[] Value)> texts,
        Wrap<ulong>? timestamp,
        Wrap<byte>? mode,
        Wrap<byte>? priority,
        string? expires,
        string? user,
        IEnumerable<(string Name, byte[] Value)> headers
    )
    {
        var ring = new RawRing();
        foreach (var (name, value) in texts)
            ring.Text(name, value);
        if (timestamp is not null)
            ring.Timestamp(timestamp.Value);
        if (mode is not null)
            ring.Octet("delivery_mode", mode.Value);
        if (priority is not null)
            ring.Octet("priority", priority.Value);
        // What expires is dead-lettered, and RabbitMQ 3.10 cannot do that to every x-death (decision 29).
        if (expires is not null && !headers.Any(header => header.Name == "x-death"))
            ring.Text("expiration", expires);
        if (user is not null)
            ring.Text("user_id", user);
        foreach (var (name, value) in headers)
            ring.Header(name, value);
        return ring.ToArray();
    }

    private static Gen<string> HeaderName =>
        Gen.Frequency(
            (10, Choice(_read)),
            (10, Choice("other", "", "x-", "ä", "a b", new string('n', 255))),
            (1, Choice("CC", "BCC"))
        );

    /// <summary>Most of the time one that the broker takes.</summary>
    private static Gen<Wrap<byte>?> Mode =>
        Gen.Frequency(
            (10, Gen.Constant<Wrap<byte>?>(null)),
            (10, Choice<Wrap<byte>?>(Wrapped((byte)1), Wrapped((byte)2))),
            (1, Octet.Select(value => (Wrap<byte>?)Wrapped(value)))
        );

    private static Gen<byte> Octet => ArbMap.Default.GeneratorFor<byte>();

    /// <summary>Of a short string: text of any length, and what is none.</summary>
    private static Gen<byte[]> Bytes =>
        Gen.OneOf(
            Octet.ArrayOf().Select(bytes => bytes[..Math.Min(bytes.Length, 255)]),
            Choice<byte[]>(
                [],
                [0],
                [0xFF, 0xFE],
                [0xC3],
                [0xED, 0xA0, 0x80],
                [.. "a\r\nb"u8],
                [.. "application/json; charset"u8],
                [.. ";;/"u8],
                [.. "not-a-guid"u8],
                [.. "../../x"u8],
                Enumerable.Repeat((byte)'x', 255).ToArray(),
                Enumerable.Repeat((byte)0xFF, 255).ToArray()
            )
        );

    private static Gen<Wrap<ulong>> Timestamp =>
        Gen.OneOf(
                Choice<ulong>(
                    0,
                    1,
                    1_800_000_000,
                    1_800_000_000_000,
                    1_800_000_000_000_000_000,
                    253_402_300_799,
                    253_402_300_800,
                    long.MaxValue,
                    (ulong)long.MaxValue + 1,
                    ulong.MaxValue
                ),
                ArbMap.Default.GeneratorFor<ulong>()
            )
            .Select(Wrapped);

    /// <summary>A value of every type, with its type before it.</summary>
    private static Gen<byte[]> Value(int largestScale, int depth)
    {
        var flat = Gen.OneOf(
            Fixed('t', 1),
            Fixed('b', 1),
            Fixed('B', 1),
            Fixed('s', 2),
            Fixed('u', 2),
            Fixed('I', 4),
            Fixed('i', 4),
            Fixed('l', 8),
            Number('f', 4),
            Number('d', 8),
            Fixed('T', 8),
            Fixed('V', 0),
            Bytes.Select(bytes => Long('S', bytes)),
            Bytes.Select(bytes => Long('x', bytes)),
            Choice(100_000, 4_097, 257).Select(length => Long('S', [.. Enumerable.Repeat((byte)'0', length / 10)])),
            from scale in Gen.Choose(0, largestScale)
            from mantissa in Octet.ArrayOf(4)
            select (byte[])[(byte)'D', (byte)scale, .. mantissa]
        );
        if (depth == 0)
            return flat;
        var inner = Value(largestScale, depth - 1);
        return Gen.Frequency(
            (4, flat),
            (1, inner.ListOf().Resize(4).Select(values => Long('A', [.. values.SelectMany(value => value)]))),
            (1, Table(inner)),
            (1, Death(inner))
        );
    }

    private static Gen<byte[]> Table(Gen<byte[]> inner) =>
        HeaderName
            .Zip(inner)
            .ListOf()
            .Resize(4)
            .Select(entries => Long('F', [.. entries.SelectMany(entry => Named(entry.Item1, entry.Item2))]));

    /// <summary>What <c>x-death</c> looks like, with fields that are not what they should be.</summary>
    private static Gen<byte[]> Death(Gen<byte[]> inner) =>
        from names in Choice("reason", "queue", "exchange", "routing-keys", "count", "time").ListOf().Resize(6)
        from values in inner.ArrayOf(names.Count)
        select Long(
            'A',
            Long('F', [.. names.Distinct().Zip(values).SelectMany(entry => Named(entry.First, entry.Second))])
        );

    private static Gen<byte[]> Fixed(char type, int length) =>
        Octet.ArrayOf(length).Select(bytes => (byte[])[(byte)type, .. bytes]);

    /// <summary>Finite: a broker that cannot hold what is not a number ends the connection.</summary>
    private static Gen<byte[]> Number(char type, int length) =>
        Fixed(type, length)
            .Select(bytes =>
            {
                bytes[1] &= 0x3F;
                return bytes;
            });

    private static byte[] Named(string name, byte[] value) => new AmqpWriter().ShortString(name).Raw(value).ToArray();

    private static byte[] Long(char type, byte[] bytes) =>
        new AmqpWriter().Octet((byte)type).LongString(bytes).ToArray();

    private static Gen<T> Choice<T>(params T[] values) => Gen.Elements(values);

    private static Wrap<T> Wrapped<T>(T value) => new(value);

    internal sealed record Wrap<T>(T Value);
}
