using FsCheck;
using FsCheck.Fluent;
using Integration.Bus.RabbitMq.Frames;
using Integration.Fixtures.Amqp;

namespace Integration.Bus.Tests.Ring;

/// <summary>The reader of what the client cannot decode, on its own.</summary>
public sealed class RawHeaderTests
{
    private static byte[] Payload(byte[] ring) => new AmqpWriter().Short(60).Short(0).LongLong(17).Raw(ring).ToArray();

    [Fact]
    public void What_the_client_cannot_decode_is_named_and_everything_around_it_is_read()
    {
        var ring = new RawRing()
            .Text("content_type", "application/json")
            .Header("first", [(byte)'I', 0, 0, 0, 7])
            .Header("price", [(byte)'D', 200, 0, 0, 0, 1])
            .Header("last", [(byte)'S', 0, 0, 0, 2, .. "ok"u8])
            .Text("message_id", "m1")
            .Timestamp(5)
            .Text("app_id", "peer");

        var header = RawHeader.Read(Payload(ring.ToArray()));

        header.BodySize.ShouldBe(17UL);
        header.Undecodable.ShouldBe("the header 'price' is a decimal with 200 places");
        header.Properties.ContentType.ShouldBe("application/json");
        header.Properties.MessageId.ShouldBe("m1");
        header.Properties.Timestamp.UnixTime.ShouldBe(5);
        header.Properties.AppId.ShouldBe("peer");
        header.Properties.Headers!["first"].ShouldBe(7);
        header.Properties.Headers["last"].ShouldBe("ok"u8.ToArray());
    }

    [Theory]
    [InlineData('A', 26_000)]
    [InlineData('F', 15_000)]
    public void Lists_and_tables_within_one_another_are_skipped_whatever_their_depth(char type, int depth)
    {
        byte[] value = [(byte)'V'];
        var levels = new List<byte[]>();
        var size = 1;
        for (var n = 0; n < depth; n++)
        {
            byte[] name = type == 'F' ? [1, (byte)'n'] : [];
            levels.Add([.. new AmqpWriter().Octet((byte)type).Long((uint)(size + name.Length)).Raw(name).ToArray()]);
            size += levels[^1].Length;
        }

        levels.Reverse();
        var ring = new RawRing().Header("deep", [.. levels.SelectMany(level => level), .. value]).Text("type", "t");

        var header = RawHeader.Read(Payload(ring.ToArray()));

        header.Undecodable.ShouldNotBeNull().ShouldEndWith("is nested more than 8 times");
        header.Properties.Type.ShouldBe("t");
    }

    [Fact]
    public void Whatever_a_peer_may_write_is_read_and_nothing_of_it_is_taken_for_undecodable()
    {
        foreach (var ring in RingGenerator.Decodable.Sample(size: 12, seed: new Rnd(20261129, 1), numberOfSamples: 300))
            RawHeader.Read(Payload(ring)).Undecodable.ShouldBeNull(Convert.ToHexString(ring));
    }

    [Fact]
    public void Nothing_that_is_cut_off_or_changed_does_more_than_to_be_unreadable()
    {
        var random = new System.Random(20261129);
        foreach (var ring in RingGenerator.Decodable.Sample(size: 8, seed: new Rnd(20261129, 1), numberOfSamples: 60))
        {
            var payload = Payload(ring);
            for (var n = 0; n < 200; n++)
            {
                var odd = payload[..random.Next(payload.Length + 1)];
                for (var changes = random.Next(4); changes > 0 && odd.Length > 0; changes--)
                    odd[random.Next(odd.Length)] = (byte)random.Next(256);
                ReadOrRefuse(odd);
            }
        }
    }

    private static void ReadOrRefuse(byte[] payload)
    {
        try
        {
            RawHeader.Read(payload);
        }
        catch (InvalidDataException)
        {
            // Not even the size of the body.
        }
    }
}
