namespace Integration.Bus.RabbitMq.Frames;

/// <summary>One frame of AMQP 0-9-1, with its payload as it came.</summary>
internal readonly record struct Frame(FrameType Type, ushort Channel, byte[] Payload)
{
    /// <summary>The octet after each payload.</summary>
    public const byte End = 0xCE;

    /// <summary>Class and method, of a method frame.</summary>
    public (ushort Class, ushort Method) Id
    {
        get
        {
            var reader = new AmqpReader(Payload);
            return (reader.Short(), reader.Short());
        }
    }
}

/// <summary>What a frame carries.</summary>
internal enum FrameType : byte
{
    Method = 1,
    Header = 2,
    Body = 3,
    Heartbeat = 8,
}
