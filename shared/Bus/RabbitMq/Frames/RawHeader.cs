using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq.Frames;

/// <summary>The content header of a message, read as far as it can be read.</summary>
/// <param name="BodySize">Bytes of the body.</param>
/// <param name="Properties">Those that could be read.</param>
/// <param name="Undecodable">What it is that the client cannot decode; null when there is nothing such.</param>
internal sealed record RawHeader(ulong BodySize, BasicProperties Properties, string? Undecodable)
{
    private const int ContentType = 15;
    private const int ContentEncoding = 14;
    private const int Headers = 13;
    private const int DeliveryMode = 12;
    private const int Priority = 11;
    private const int CorrelationId = 10;
    private const int ReplyTo = 9;
    private const int Expiration = 8;
    private const int MessageId = 7;
    private const int Timestamp = 6;
    private const int Type = 5;
    private const int UserId = 4;
    private const int AppId = 3;
    private const int ClusterId = 2;

    /// <exception cref="InvalidDataException">Not even the size of the body is there.</exception>
    public static RawHeader Read(ReadOnlySpan<byte> payload)
    {
        var reader = new AmqpReader(payload);
        // Class and weight.
        reader.Take(sizeof(ushort) * 2);
        var size = reader.LongLong();
        var properties = new BasicProperties();
        try
        {
            var undecodable = ReadProperties(ref reader, properties);
            return new RawHeader(size, properties, undecodable);
        }
        catch (InvalidDataException e)
        {
            return new RawHeader(size, properties, e.Message);
        }
    }

    /// <summary>In the order of their flags, each only when its flag is set.</summary>
    private static string? ReadProperties(ref AmqpReader reader, BasicProperties properties)
    {
        string? undecodable = null;
        var flags = reader.Short();
        if (Has(flags, ContentType))
            properties.ContentType = reader.ShortString();
        if (Has(flags, ContentEncoding))
            properties.ContentEncoding = reader.ShortString();
        if (Has(flags, Headers))
            properties.Headers = FieldTable.Read(reader.LongString(), out undecodable);
        if (Has(flags, DeliveryMode))
            reader.Octet();
        if (Has(flags, Priority))
            reader.Octet();
        if (Has(flags, CorrelationId))
            properties.CorrelationId = reader.ShortString();
        if (Has(flags, ReplyTo))
            properties.ReplyTo = reader.ShortString();
        if (Has(flags, Expiration))
            properties.Expiration = reader.ShortString();
        if (Has(flags, MessageId))
            properties.MessageId = reader.ShortString();
        if (Has(flags, Timestamp))
            properties.Timestamp = new AmqpTimestamp((long)reader.LongLong());
        if (Has(flags, Type))
            properties.Type = reader.ShortString();
        if (Has(flags, UserId))
            properties.UserId = reader.ShortString();
        if (Has(flags, AppId))
            properties.AppId = reader.ShortString();
        if (Has(flags, ClusterId))
            properties.ClusterId = reader.ShortString();
        return undecodable;
    }

    private static bool Has(ushort flags, int bit) => (flags & (1 << bit)) != 0;
}
