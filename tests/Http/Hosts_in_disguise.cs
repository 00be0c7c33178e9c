using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;

namespace Integration.Http.Tests;

public sealed class Hosts_in_disguise
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST.")]
    [InlineData("１２７.0.0.1")]
    [InlineData("127。0。0。1")]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    public async Task A_call_to_loopback_is_refused_however_its_host_is_spelled(string host)
    {
        await using var target = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        using var outgoing = new Outgoing(new EgressOptions());
        var error = await Should.ThrowAsync<TaskErrorException>(() =>
            outgoing.GetAsync(new Uri($"http://{host}:{target.Port}/"))
        );
        // Spellings that are no address in this framework are names that nobody knows: no way in either.
        error.Code.ShouldBeOneOf("egress-refused", "host-not-found", "connect-timeout");
        if (error is AccessErrorException)
            error.Retryable.ShouldBeFalse();
        target.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_refusal_names_target_reason_and_setting()
    {
        using var outgoing = new Outgoing(new EgressOptions());
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.GetAsync(new Uri("http://localhost:4711/secret?token=abc"))
        );
        error.Code.ShouldBe("egress-refused");
        error.Target.ShouldBe("localhost:4711");
        error.Message.ShouldStartWith("This service may not connect to localhost:4711: ");
        error.Message.ShouldContain("is loopback");
        error.Message.ShouldContain("Egress__AllowLoopback=true");
        error.Message.ShouldNotContain("abc");
        error.EffectUnknown.ShouldBeFalse();
    }
}
