using Integration.Contracts;

namespace Integration.ProcessCore.Engine;

/// <summary>What the requester of an instance learns of its end.</summary>
internal sealed partial class Run
{
    private void TellStarter()
    {
        if (state is not { ReplyTo: { } replyTo, RequestId: { } requestId })
            return;
        _outgoing.Add(
            _status == InstanceStatus.Completed
                ? new TellCompleted(Completed(requestId, replyTo))
                : new TellFailed(Failed(requestId, replyTo))
        );
    }

    private InstanceCompleted Completed(string requestId, string replyTo) =>
        new(
            state.Id,
            state.Definition,
            requestId,
            replyTo,
            settings.Name,
            Json.Object(_variables),
            state.StartedAt,
            now,
            state.Version,
            state.BusinessKey,
            state.Tenant
        );

    private InstanceFailed Failed(string requestId, string replyTo) =>
        new(
            state.Definition,
            requestId,
            replyTo,
            settings.Name,
            _status == InstanceStatus.Failed
                ? new ErrorInfo(ErrorCategory.Business, _errorCode!, $"The process has ended. {_endedBecause}")
                : new ErrorInfo(
                    ErrorCategory.Internal,
                    ErrorCodes.Cancelled,
                    _endedBecause ?? "An operator has cancelled the process instance."
                ),
            now,
            state.Id,
            state.Version,
            state.BusinessKey,
            state.Tenant
        );
}
