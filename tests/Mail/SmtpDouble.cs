using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Mail.Tests;

/// <summary>
/// A mail server of which every answer can be replaced: for what a real one does not do on request. What is not replaced
/// is answered well.
/// </summary>
internal sealed class SmtpDouble : IAsyncDisposable
{
    /// <summary>As an answer: nothing, the connection is ended.</summary>
    public const string Close = "<close>";

    /// <summary>As an answer: nothing, the connection is reset.</summary>
    public const string Reset = "<reset>";

    /// <summary>As an answer: nothing, for ever.</summary>
    public const string Silence = "<silence>";

    private readonly LoopbackListener _listener;
    private readonly TestAuthority _authority = new();
    private readonly X509Certificate2 _certificate;
    private readonly Func<string, int, string?>? _answer;
    private int _connections;
    private int _open;

    private SmtpDouble(Func<string, int, string?>? answer)
    {
        _certificate = _authority.Issue(host: "localhost");
        _answer = answer;
        _listener = new LoopbackListener(TalkAsync);
    }

    public int Port => _listener.Port;

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many of them are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Every command of all connections.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>Every message that was ended with its dot, dots unstuffed.</summary>
    public ConcurrentQueue<byte[]> Messages { get; } = [];

    /// <summary>How many connections began a message and did not end it.</summary>
    public int CutMessages;

    /// <summary>Starts it.</summary>
    /// <param name="answer">
    /// Given a command (or <c>greeting</c>, <c>content</c>) and the number of the connection: the answer with its line ends,
    /// <see cref="Close"/>, <see cref="Reset"/> or <see cref="Silence"/>; null for the usual answer.
    /// </param>
    public static Task<SmtpDouble> StartAsync(Func<string, int, string?>? answer = null) =>
        Task.FromResult(new SmtpDouble(answer));

    /// <summary>The service with the double as its default account.</summary>
    public Task<ServiceHarness> ServiceAsync(params string[] settings) => ServiceAsync(null, settings);

    /// <summary>The service with the double as its default account.</summary>
    public Task<ServiceHarness> ServiceAsync(Action<WebApplicationBuilder>? configure, params string[] settings) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddMail();
                builder.Services.AddSingleton(TimeProvider.System);
                configure?.Invoke(builder);
            },
            [
                "--Egress:AllowLoopback=true",
                $"--Egress:TrustedAuthorities={_authority.PemFile}",
                .. MailFixture.Account("default", ("Port", $"{Port}")),
                .. settings,
            ]
        );

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
    }

    private async Task TalkAsync(Socket socket, CancellationToken stopping)
    {
        var number = Interlocked.Increment(ref _connections);
        Interlocked.Increment(ref _open);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await AnswerAsync("greeting", "220 double ESMTP\r\n");
            while (await ReadLineAsync() is { } line)
            {
                Lines.Enqueue(line);
                await AnswerAsync(line, Usual(line, stream is SslStream));
                if (line == "STARTTLS")
                {
                    var secured = new SslStream(stream);
                    stream = secured;
                    await secured.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions { ServerCertificate = _certificate },
                        stopping
                    );
                }
                else if (
                    line == "DATA"
                    && (_answer?.Invoke(line, number) ?? "354").StartsWith("354", StringComparison.Ordinal)
                )
                    await TakeMessageAsync();
                else if (line == "QUIT")
                    return;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The caller went away, or the double is stopped.
        }
        finally
        {
            await stream.DisposeAsync();
            Interlocked.Decrement(ref _open);
        }

        async Task TakeMessageAsync()
        {
            var message = new MemoryStream();
            while (await ReadLineAsync() is { } line)
            {
                if (line == ".")
                {
                    Messages.Enqueue(message.ToArray());
                    await AnswerAsync("content", "250 2.0.0 taken as 4711\r\n");
                    return;
                }

                message.Write(Encoding.Latin1.GetBytes(line.StartsWith('.') ? line[1..] : line));
                message.Write("\r\n"u8);
            }

            Interlocked.Increment(ref CutMessages);
        }

        async Task AnswerAsync(string command, string usual)
        {
            var answer = _answer?.Invoke(command, number) ?? usual;
            if (answer == Silence)
            {
                while (await ReadLineAsync() is not null) { }
                throw new IOException("The caller went away.");
            }

            if (answer == Reset)
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            if (answer is Close or Reset)
            {
                socket.Close();
                throw new IOException("As the test wants it.");
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stopping);
        }

        async Task<string?> ReadLineAsync()
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await stream.ReadAsync(one, stopping) == 1)
            {
                if (one[0] == '\n')
                    return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
                line.Add(one[0]);
            }

            return null;
        }
    }

    private static string Usual(string line, bool secured) =>
        line.Split(' ', ':')[0] switch
        {
            "EHLO" when !secured => "250-double\r\n250 STARTTLS\r\n",
            "EHLO" => "250-double\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN XOAUTH2\r\n",
            "STARTTLS" => "220 2.0.0 go ahead\r\n",
            "AUTH" => "235 2.7.0 welcome\r\n",
            "DATA" => "354 go ahead\r\n",
            "QUIT" => "221 2.0.0 bye\r\n",
            _ => "250 2.1.0 fine\r\n",
        };
}
