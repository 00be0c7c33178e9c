using System.Text;
using Integration.Errors;
using Integration.Fixtures;

namespace Integration.Http.Tests;

public sealed class Packed_bodies
{
    private static readonly byte[] _body = Encoding.UTF8.GetBytes(new string('x', 100_000));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_is_packed_when_the_call_says_so_and_described(bool streamed)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = new Outgoing();
        await outgoing.SendAsync(
            Outgoing.Get(target.Uri) with
            {
                Method = HttpMethod.Post,
                MayRepeat = true,
                Compress = true,
                Headers = [new("Content-Type", "text/plain")],
                Body = streamed ? null : _body,
                Streamed = streamed
                    ? StreamedBody.From(_ => Task.FromResult<Stream>(new MemoryStream(_body)), _body.Length)
                    : null,
            }
        );
        var request = target.Requests.ShouldHaveSingleItem();
        request.Headers["Content-Encoding"].ShouldBe("gzip");
        request.Headers["Content-Type"].ShouldBe("text/plain");
        request.Headers.ContainsKey("Content-Length").ShouldBeFalse();
        request.Body.Length.ShouldBe(_body.Length);
    }

    [Fact]
    public async Task A_packed_body_of_a_call_of_once_that_gets_no_answer_leaves_it_in_doubt()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.SendAsync(
                Outgoing.Get(target.Uri) with
                {
                    Method = HttpMethod.Post,
                    MayRepeat = false,
                    Compress = true,
                    Body = _body,
                }
            )
        );
        error.EffectUnknown.ShouldBeTrue();
        target.Requests.Count.ShouldBe(1);
    }
}
