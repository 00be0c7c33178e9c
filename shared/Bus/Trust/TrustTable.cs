using Integration.Contracts;

namespace Integration.Bus;

/// <summary>
/// Which user of the broker may speak for which operations and engines. The broker itself cannot say: it knows users and
/// routing keys, and not what stands in a body. Every question is answered with null, or with why the message is not trusted.
/// </summary>
public sealed class TrustTable
{
    private readonly IReadOnlyDictionary<string, TrustedUser>? _users;

    private TrustTable(IReadOnlyDictionary<string, TrustedUser>? users) => _users = users;

    /// <summary>Every user is trusted: on loopback, in memory.</summary>
    public static TrustTable Everybody { get; } = new(users: null);

    /// <summary>Whether there is a table at all.</summary>
    public bool Restricts => _users is not null;

    /// <summary>Reads the file that is configured; without one every user is trusted.</summary>
    /// <exception cref="ArgumentException">The file is not as it should be; the message names the setting.</exception>
    public static TrustTable Load(BusOptions options) =>
        string.IsNullOrWhiteSpace(options.TrustFile) ? Everybody : new TrustTable(TrustFile.Read(options.TrustFile));

    /// <summary>An outcome of an operation's execution: <c>task.completed</c>, <c>task.rejected</c>, or <c>task.failed</c> of a task that was withdrawn.</summary>
    public ErrorInfo? Answer(Delivery delivery, string? operation) =>
        _users is null || (Author(delivery) is { } user && (user.Treatment || user.Executes(operation)))
            ? null
            : RefuseAnswer(delivery, operation);

    /// <summary>
    /// <c>task.incident</c>: error treatment says so, and a service whose operation waits for a task that it has asked for.
    /// </summary>
    public ErrorInfo? Treat(Delivery delivery, string? operation) =>
        Ask(
            delivery,
            user => user.Asks.Count > 0 && user.Executes(operation),
            $"an incident of {Quoted(operation)}",
            user => $"is not error treatment, nor a service that asks others, with {Prefixes(user.Operations)}"
        );

    /// <summary>A request: <c>task.requested</c>.</summary>
    public ErrorInfo? Request(Delivery delivery, string? operation, string? replyTo) =>
        _users is null
        || (Author(delivery) is { } user && (user.Treatment || (user.Is(replyTo) && user.MayAsk(operation))))
            ? null
            : RefuseRequest(delivery, operation, replyTo);

    /// <summary><c>task.cancelled</c>.</summary>
    public ErrorInfo? Withdraw(Delivery delivery, string? replyTo) =>
        Ask(
            delivery,
            user => user.Is(replyTo),
            replyTo is null
                ? "a cancellation that names no engine (replyTo)"
                : $"a cancellation of a task of the engine '{replyTo}'",
            user => $"is {Engines(user)}"
        );

    /// <summary>
    /// <c>task.errored</c>: of a task that it executes, of one that it has asked for itself, or of a message that was sent to it.
    /// </summary>
    public ErrorInfo? Report(Delivery delivery, TaskErrored errored)
    {
        ArgumentNullException.ThrowIfNull(errored);
        var operation = errored.Request?.Operation ?? errored.Operation;
        return Ask(
            delivery,
            user =>
                (errored.Operation is null || errored.Request is null || errored.Operation == errored.Request.Operation)
                && (errored.Source is null || Got(user, delivery.Properties.UserId!, errored.Source))
                && (
                    operation is null
                        ? errored.Source is not null
                        : user.Executes(operation)
                            || (errored.Request is { } request && user.Is(request.ReplyTo) && user.MayAsk(operation))
                ),
            (operation, errored.Source) switch
            {
                (null, null) => "an error that names neither operation nor message",
                (_, { } source) => $"an error about a message with the key '{source.RoutingKey}' on {source.Exchange}",
                _ => $"an error of {Quoted(operation)}"
                    + (errored.Request is { } request ? $" with a request of the engine '{request.ReplyTo}'" : ""),
            },
            user => $"executes {Prefixes(user.Operations)}, is {Engines(user)} and may ask for {Prefixes(user.Asks)}"
        );
    }

    /// <summary><c>service.announced</c> and <c>service.heartbeat</c>: of a service that has the user's name, with operations that the user executes.</summary>
    public ErrorInfo? Announce(Delivery delivery, string service, IEnumerable<string> operations) =>
        Ask(
            delivery,
            user => delivery.Properties.UserId == service && operations.All(user.Executes),
            $"an announcement of the service '{service}'",
            user => $"may announce the service of its own name, with {Prefixes(user.Operations)}"
        );

    // Apart, so that what is trusted costs no closures: results and requests are asked about one by one.
    private ErrorInfo? RefuseAnswer(Delivery delivery, string? operation) =>
        Ask(
            delivery,
            _ => false,
            $"an outcome of {Quoted(operation)}",
            user => $"may answer for {Prefixes(user.Operations)}"
        );

    private ErrorInfo? RefuseRequest(Delivery delivery, string? operation, string? replyTo) =>
        Ask(
            delivery,
            _ => false,
            $"a request for {Quoted(operation)} with the replyTo {Quoted(replyTo)}",
            user => $"is {Engines(user)} and may ask for {Prefixes(user.Asks)}"
        );

    private TrustedUser? Author(Delivery delivery) =>
        delivery.Properties.UserId is { } name ? _users!.GetValueOrDefault(name) : null;

    private ErrorInfo? Ask(
        Delivery delivery,
        Func<TrustedUser, bool> may,
        string what,
        Func<TrustedUser, string> instead
    )
    {
        if (_users is null)
            return null;
        var name = delivery.Properties.UserId;
        var user = Author(delivery);
        if (user is not null && (user.Treatment || may(user)))
            return null;

        var reason = (name, user) switch
        {
            (null, _) =>
                "It bears no user (AMQP property user_id), so any user can have sent it. Its publisher must set the property",
            (_, null) => $"The trust table does not know the broker's user '{name}', who sent it",
            _ => $"The broker's user '{name}' sent it, who by the trust table {instead(user)}",
        };
        return new ErrorInfo(
            ErrorCategory.Access,
            ErrorCodes.NotTrusted,
            $"This is {what}, and it is not trusted: nothing was done with it. {reason}. If it is right, correct the table "
                + "(Bus__TrustFile, made from deploy/rabbitmq/users), then send the message again, which vouches for it; if it "
                + "is not, find out who has the password of this user, and give the message up."
        );
    }

    /// <summary>Whether the broker lets the user receive such a message, so that it can report it.</summary>
    private static bool Got(TrustedUser user, string name, MessageSource source) =>
        source.Exchange switch
        {
            Exchanges.Tasks => user.Executes(source.RoutingKey),
            Exchanges.Results => user.Is(source.RoutingKey.Split('.')[0]),
            Exchanges.Inbound => source.RoutingKey.Split('.', 3) is ["engine", var engine, ..]
                ? user.Is(engine)
                : user.Default,
            Exchanges.Control => source.RoutingKey.Split('.', 2) is [var verb, var rest]
                && verb switch
                {
                    "cancel" => user.Executes(rest),
                    "describe" => rest == name,
                    "announce" or "heartbeat" => user.Engines.Count > 0,
                    _ => false,
                },
            _ => false,
        };

    private static string Quoted(string? name) => name is null ? "nothing that is named" : $"'{name}'";

    private static string Prefixes(IReadOnlyList<string> prefixes) =>
        prefixes.Count == 0 ? "no operations"
        : prefixes.Contains(TrustedUser.Everything) ? "all operations"
        : $"operations that begin with {string.Join(" or ", prefixes.Select(prefix => $"'{prefix}'"))}";

    private static string Engines(TrustedUser user) =>
        user.Engines.Count == 0
            ? "no engine"
            : $"the engine {string.Join(" and ", user.Engines.Select(engine => $"'{engine}'"))}";
}
