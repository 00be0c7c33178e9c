using System.Security.Cryptography;
using System.Text;
using Integration.Bus;
using Integration.Contracts;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Messaging;

/// <summary>
/// Answers to the requester of a process that cannot be started. The same delivery that comes once more is answered under the
/// same message id.
/// </summary>
internal sealed class Refusals(IBus bus, EventMessages messages, CoreOptions options, TimeProvider time)
{
    /// <summary>Completes when the broker has the answer.</summary>
    public Task AnswerAsync(Delivery delivery, ProcessStart start, ErrorInfo error, CancellationToken cancellation)
    {
        var answer = EndOfInstance.Message(
            messages,
            new InstanceFailed(
                start.Definition,
                start.RequestId,
                start.ReplyTo!,
                options.Name,
                error,
                time.GetUtcNow(),
                InstanceId: null,
                start.Version,
                start.BusinessKey,
                start.Tenant
            )
        );
        if (delivery.Properties.MessageId is { Length: > 0 } id)
            answer = answer with { Properties = answer.Properties with { MessageId = Derived(id).ToString() } };
        return bus.PublishAsync(answer, cancellation);
    }

    private static Guid Derived(string messageId) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{EventTypes.InstanceFailed}/{messageId}")).AsSpan(0, 16));
}
