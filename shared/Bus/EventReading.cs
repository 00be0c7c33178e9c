using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Integration.Contracts;

namespace Integration.Bus;

/// <summary>Deliveries as events of the contract; what cannot be read comes back as an error with a reason.</summary>
public static class EventReading
{
    private const int LongestName = 230;

    // What comes back to the bus within another event must still fit into the 64 levels that most readers take.
    private static readonly JsonReaderOptions _depth = new() { MaxDepth = 60 };

    private static readonly UTF8Encoding _strictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Reads the body.</summary>
    /// <param name="delivery">What came.</param>
    /// <param name="json">The event's type, from <see cref="ContractJson"/>.</param>
    /// <param name="limit">Largest body in bytes.</param>
    /// <param name="value">The event.</param>
    /// <param name="error">Why it is none: <c>message-too-large</c> or <c>malformed-message</c>, naming the property.</param>
    public static bool TryRead<T>(
        this Delivery delivery,
        JsonTypeInfo<T> json,
        int limit,
        [NotNullWhen(true)] out T? value,
        [NotNullWhen(false)] out ErrorInfo? error
    )
        where T : class
    {
        value = null;
        if (delivery.Body.Length > limit)
        {
            error = new ErrorInfo(
                ErrorCategory.Volumetric,
                ErrorCodes.MessageTooLarge,
                $"The body has {delivery.Body.Length} bytes; at most {limit} are taken. Send larger content by reference."
            );
            return false;
        }

        try
        {
            value = Deserialize(delivery.Body.Span, json);
        }
        catch (JsonException e)
        {
            error = Malformed(e.Message);
            return false;
        }

        var reason = value switch
        {
            null => "The body is JSON null.",
            _ when Broken(delivery.Body.Span) is { } broken => broken,
            TaskRequested task => Check(task),
            TaskErrored errored => Check(errored),
            _ => null,
        };
        error = reason is null ? null : Malformed(reason);
        return error is null;
    }

    private static T? Deserialize<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> json)
        where T : class
    {
        if (typeof(T) != typeof(TaskRequested))
            return JsonSerializer.Deserialize(body, json);
        var reader = new Utf8JsonReader(body, _depth);
        var value = JsonSerializer.Deserialize(ref reader, json);
        // Throws when there is more than one value.
        while (reader.Read()) { }
        return value;
    }

    /// <summary>The message as an operator gets to see it when it could not be read.</summary>
    public static MessageSource ToSource(this Delivery delivery)
    {
        var (body, encoding) = Excerpt(delivery.Body);
        var properties = delivery.Properties;
        return new MessageSource(
            delivery.Exchange,
            delivery.RoutingKey,
            body,
            encoding,
            delivery.Body.Length,
            properties.Type,
            properties.MessageId,
            properties.CorrelationId,
            properties.ReplyTo,
            properties.AppId
        );
    }

    private static ErrorInfo Malformed(string reason) =>
        new(ErrorCategory.Data, ErrorCodes.MalformedMessage, $"The message cannot be read: {reason}");

    // What is read later, such as inputs, may hold what is no text; who reads it then, or writes it into an answer, fails.
    private static string? Broken(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            return "It is not in UTF-8.";
        if (body.IndexOf("\\u"u8) < 0)
            return null;
        var name = "";
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String))
                continue;
            try
            {
                var text = reader.GetString()!;
                name = reader.TokenType == JsonTokenType.PropertyName ? text : name;
            }
            catch (InvalidOperationException)
            {
                return $"'{name}' holds half of a character (a surrogate without its partner).";
            }
        }

        return null;
    }

    private static string? Check(TaskRequested task) =>
        task switch
        {
            { TaskId: "" } => "taskId is empty.",
            { TaskId.Length: > Limits.TaskId } => $"taskId is longer than {Limits.TaskId} characters.",
            { Operation: "" } => "operation is empty.",
            { Version: < 1 } => "version must be 1 or more.",
            { Attempt: < 1 } => "attempt must be 1 or more.",
            { ReplyTo: "" } => "replyTo is empty.",
            _ when Unprintable(task.TaskId, "taskId") is { } reason => reason,
            _ when Unprintable(task.Operation, "operation") is { } reason => reason,
            _ when Unprintable(task.ReplyTo, "replyTo") is { } reason => reason,
            _ when TooLong(task.TaskId, "taskId") is { } reason => reason,
            _ when TooLong(task.Operation, "operation") is { } reason => reason,
            _ when TooLong(task.ReplyTo, "replyTo") is { } reason => reason,
            _ when task.ReplyTo.Contains('.') => "replyTo must not contain a dot.",
            _ when task.Inputs.ValueKind != JsonValueKind.Object => "inputs must be a JSON object.",
            _ => null,
        };

    private static string? Check(TaskErrored errored) =>
        errored switch
        {
            { TaskId: "" } => "taskId is empty.",
            { TaskId.Length: > Limits.TaskId } => $"taskId is longer than {Limits.TaskId} characters.",
            { TaskId: { } id } when TooLong(id, "taskId") is { } reason => reason,
            { Attempt: < 1 } => "attempt must be 1 or more.",
            { Request: { } request } when Check(request) is { } reason => $"request: {reason}",
            { TaskId: { } id, Request: { } request } when id != request.TaskId =>
                "taskId and request.taskId are not the same.",
            _ => null,
        };

    /// <summary>PostgreSQL stores no NUL, and nobody wants the others in a log.</summary>
    private static string? Unprintable(string value, string name) =>
        value.Any(char.IsControl) ? $"{name} contains a control character." : null;

    /// <summary>What becomes a routing key or a property must fit into a short string of AMQP, with a category or so before it.</summary>
    private static string? TooLong(string value, string name) =>
        _strictUtf8.GetMaxByteCount(value.Length) > LongestName && Encoding.UTF8.GetByteCount(value) > LongestName
            ? $"{name} is longer than {LongestName} bytes in UTF-8."
            : null;

    private static (string Body, string Encoding) Excerpt(ReadOnlyMemory<byte> body)
    {
        var excerpt = body.Length <= Limits.SourceBody ? body.Span : CutBetweenCharacters(body.Span);
        try
        {
            return (_strictUtf8.GetString(excerpt), "text");
        }
        catch (DecoderFallbackException)
        {
            return (Convert.ToBase64String(excerpt), "base64");
        }
    }

    /// <summary>Not within a character of UTF-8, whose bytes after the first all begin with the bits 10.</summary>
    private static ReadOnlySpan<byte> CutBetweenCharacters(ReadOnlySpan<byte> body)
    {
        const int LongestCharacter = 4;
        var end = Limits.SourceBody;
        while (end > Limits.SourceBody - LongestCharacter && (body[end] & 0b1100_0000) == 0b1000_0000)
            end--;
        return body[..end];
    }
}
