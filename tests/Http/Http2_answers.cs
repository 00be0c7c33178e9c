using System.Net;
using System.Security.Cryptography.X509Certificates;
using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Sdk;

namespace Integration.Http.Tests;

public sealed class Http2_answers : IDisposable
{
    private const int RefusedStream = 7;
    private const int InternalError = 2;
    private const int Http11Required = 13;

    private readonly TestAuthority _authority = new();
    private readonly X509Certificate2 _certificate;

    public Http2_answers() => _certificate = _authority.Issue();

    [Theory]
    [InlineData(10, "connection-lost")]
    [InlineData(2, "malformed-answer")]
    public async Task A_body_of_another_length_than_it_says_is_no_answer(int length, string code)
    {
        await using var target = Http2Target.Start(_certificate, request => AnswerAsync(request, $"{length}"));
        using var outgoing = Trusting();
        var error = await Should.ThrowAsync<TaskErrorException>(() =>
            outgoing.GetAsync(target.Uri, Outgoing.Limits with { Retries = 0 })
        );
        error.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("3")]
    [InlineData(null)]
    public async Task A_body_of_the_length_that_it_says_and_one_that_says_none_are_whole(string? length)
    {
        await using var target = Http2Target.Start(_certificate, request => AnswerAsync(request, length));
        using var outgoing = Trusting();
        (await outgoing.GetAsync(target.Uri)).Excerpt(10).ShouldBe("abc");
    }

    [Fact]
    public async Task The_length_of_an_answer_to_HEAD_is_about_what_GET_would_get()
    {
        await using var target = Http2Target.Start(
            _certificate,
            request => request.AnswerAsync(200, [new("content-length", "10"), new("content-encoding", "gzip")], default)
        );
        using var outgoing = Trusting();
        var answer = await outgoing.SendAsync(Outgoing.Get(target.Uri) with { Method = HttpMethod.Head });
        answer.Headers["content-length"].ShouldBe("10");
        answer.Body.IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("connection")]
    public async Task A_request_that_the_target_gives_back_was_not_done_and_is_not_sent_without_end(string what)
    {
        await using var target = Http2Target.Start(
            _certificate,
            request => what == "stream" ? request.ResetAsync(RefusedStream) : request.GoAwayAsync(withThis: false)
        );
        var error = await PostAsync(target, retries: 0);
        error.Code.ShouldBe("request-refused");
        error.EffectUnknown.ShouldBeFalse();
        error.Retryable.ShouldBeTrue();
        target.Requests.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task A_request_that_is_given_back_once_is_sent_again_also_where_it_may_be_done_once_only()
    {
        var requests = 0;
        await using var target = Http2Target.Start(
            _certificate,
            request =>
                Interlocked.Increment(ref requests) == 1 ? request.ResetAsync(RefusedStream) : AnswerAsync(request, "3")
        );
        using var outgoing = Trusting();
        (await outgoing.PostAsync(target.Uri, Effect.Once, "{}")).Excerpt(10).ShouldBe("abc");
        target.Requests.ShouldBe(2);
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("connection")]
    [InlineData("closed")]
    public async Task A_request_that_may_have_been_begun_is_in_doubt(string what)
    {
        await using var target = Http2Target.Start(
            _certificate,
            request =>
            {
                if (what == "stream")
                    return request.ResetAsync(InternalError);
                if (what == "connection")
                    return request.GoAwayAsync(withThis: true);
                request.Close();
                return Task.CompletedTask;
            }
        );
        var error = await PostAsync(target, retries: 2);
        error.Code.ShouldBe("connection-lost");
        error.EffectUnknown.ShouldBeTrue();
        target.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_target_says_after_its_answer_has_begun_does_not_give_a_request_back()
    {
        await using var target = Http2Target.Start(
            _certificate,
            async request =>
            {
                await request.AnswerAsync(200, [], "abc"u8.ToArray(), ends: false);
                await request.ResetAsync(RefusedStream);
            }
        );
        var error = await PostAsync(target, retries: 0);
        error.Code.ShouldBe("connection-lost");
        error.EffectUnknown.ShouldBeTrue();
        target.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_target_that_wants_HTTP_1_for_a_request_gets_it()
    {
        await using var target = Http2Target.Start(
            _certificate,
            request => request.ResetAsync(Http11Required),
            speaksOne: true
        );
        using var outgoing = Trusting();
        (await outgoing.PostAsync(target.Uri, Effect.Once, "{}")).Excerpt(10).ShouldBe("one");
        target.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task One_that_wants_HTTP_1_and_does_not_speak_it_has_done_nothing()
    {
        await using var target = Http2Target.Start(_certificate, request => request.ResetAsync(Http11Required));
        var error = await PostAsync(target, retries: 0);
        error.EffectUnknown.ShouldBeFalse();
        error.Retryable.ShouldBeTrue();
    }

    [Fact]
    public async Task An_absolute_name_of_a_host_is_named_in_TLS_without_its_dot()
    {
        using var certificate = _authority.Issue(host: "api.test");
        await using var target = Http2Target.Start(certificate, request => AnswerAsync(request, "3"));
        using var outgoing = new Outgoing(
            new EgressOptions { AllowLoopback = true, TrustedAuthorities = _authority.PemFile },
            resolver: new ScriptedResolver([IPAddress.Loopback])
        );
        (await outgoing.GetAsync(new Uri($"https://api.test.:{target.Uri.Port}/"))).Excerpt(10).ShouldBe("abc");
        target.ServerNames.ShouldBe(["api.test"]);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
    }

    private static Task AnswerAsync(Http2Request request, string? length) =>
        request.AnswerAsync(
            200,
            length is null ? [] : [new KeyValuePair<string, string>("content-length", length)],
            "abc"u8.ToArray()
        );

    private async Task<ConnectivityErrorException> PostAsync(Http2Target target, int retries)
    {
        using var outgoing = Trusting();
        return await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.PostAsync(target.Uri, Effect.Once, "{}", Outgoing.Limits with { Retries = retries })
        );
    }

    private Outgoing Trusting() =>
        new(new EgressOptions { AllowLoopback = true, TrustedAuthorities = _authority.PemFile });
}
