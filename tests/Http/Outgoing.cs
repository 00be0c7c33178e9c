using System.Net;
using Integration.Egress;
using Integration.Fixtures;
using Integration.Hosting;
using Integration.Sdk;
using Microsoft.Extensions.Options;

namespace Integration.Http.Tests;

/// <summary>What a service has for outgoing calls, with settings of the test's choice.</summary>
internal sealed class Outgoing : IDisposable
{
    private readonly CertificateCheck _certificates;
    private readonly HttpTransport _transport;
    private readonly HttpCaller _caller;

    public Outgoing(
        EgressOptions? egress = null,
        HttpTransportOptions? transport = null,
        INameResolver? resolver = null
    )
    {
        var policy = new EgressPolicy(egress ?? new EgressOptions { AllowLoopback = true });
        Connector = new GuardedConnector(policy, resolver ?? new SystemNameResolver(), TimeProvider.System);
        _certificates = new CertificateCheck(egress?.TrustedAuthorities ?? "", TimeProvider.System);
        var options = transport ?? new HttpTransportOptions();
        _transport = new HttpTransport(
            Connector,
            policy,
            _certificates,
            options,
            Mask,
            TimeProvider.System,
            Logs = new LogLines()
        );
        var secrets = new Secrets(Options.Create(Secrets), [], Mask);
        Tokens = new AccessTokens(_transport, Options.Create(options), secrets, Mask, TimeProvider.System, Logs);
        var authenticators = new Authenticators(Options.Create(Profiles), secrets, Tokens, Mask);
        _caller = new HttpCaller(_transport, authenticators, TimeProvider.System, () => 0);
    }

    public AuthenticationsOptions Profiles { get; } = [];

    public SecretsOptions Secrets { get; } = [];

    public AccessTokens Tokens { get; }

    public SecretMask Mask { get; } = new();

    public LogLines Logs { get; }

    public GuardedConnector Connector { get; }

    public static CallLimits Limits { get; } =
        new()
        {
            Connect = TimeSpan.FromSeconds(5),
            Attempt = TimeSpan.FromSeconds(10),
            Total = TimeSpan.FromSeconds(20),
            Retries = 2,
            RetryDelay = TimeSpan.FromMilliseconds(20),
            MaxAnswerBytes = 64 * 1024,
        };

    public static HttpCall Get(Uri uri, CallLimits? limits = null) =>
        new()
        {
            Method = HttpMethod.Get,
            Uri = uri,
            Place = uri.GetLeftPart(UriPartial.Path),
            MayRepeat = true,
            Limits = limits ?? Limits,
        };

    public Task<HttpAnswer> GetAsync(Uri uri, CallLimits? limits = null, CancellationToken cancellation = default) =>
        SendAsync(Get(uri, limits), cancellation);

    public Task<HttpAnswer> GetAsync(Uri uri, Authentication authentication) =>
        SendAsync(Get(uri) with { Authentication = authentication });

    public Task<HttpAnswer> PostAsync(Uri uri, Effect effect, string? body = null, CallLimits? limits = null) =>
        SendAsync(
            new HttpCall
            {
                Method = HttpMethod.Post,
                Uri = uri,
                Place = uri.GetLeftPart(UriPartial.Path),
                Body = body is null ? (ReadOnlyMemory<byte>?)null : System.Text.Encoding.UTF8.GetBytes(body),
                MayRepeat = effect != Effect.Once,
                Limits = limits ?? Limits,
            }
        );

    /// <summary>Takes every status below 300.</summary>
    public async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellation = default) =>
        await _caller.SendAsync(
            call,
            answer => answer.Status < 300 ? answer : throw StatusErrors.Of(call, answer),
            cancellation
        );

    public Task<T> SendAsync<T>(HttpCall call, Func<StreamedAnswer, CancellationToken, Task<T>> read) =>
        _caller.SendAsync(call, read, CancellationToken.None);

    public void Dispose()
    {
        _transport.Dispose();
        _certificates.Dispose();
    }
}

/// <summary>A name service whose answers the test chooses, one after the other; the last one stays.</summary>
internal sealed class ScriptedResolver(params IReadOnlyList<IPAddress>[] answers) : INameResolver
{
    public int Questions { get; private set; }

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
        Task.FromResult(answers[Math.Min(Questions++, answers.Length - 1)]);
}
