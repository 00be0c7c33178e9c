using Integration.Contracts;
using Integration.Errors;
using Integration.Mail.Accounts;
using Integration.Mail.Smtp;
using Integration.Sdk;

namespace Integration.Mail.Send;

/// <summary>
/// The time for one mail: the service's limit or the task's deadline. It ends a moment before the pipeline's own, which
/// would have to leave every mail in doubt: here it is known whether the last dot was written.
/// </summary>
internal sealed class Patience : IDisposable
{
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(100);

    // For the answer to a mail that the server has as a whole, when somebody withdraws the task meanwhile.
    private static readonly TimeSpan _lastWait = TimeSpan.FromSeconds(5);

    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _afterDot;
    private readonly CancellationTokenRegistration _onOuter;
    private readonly CancellationTokenRegistration _onLimit;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _both;
    private readonly TimeSpan _total;
    private readonly DateTimeOffset? _deadline;

    private Patience(TaskContext task, TimeSpan total, DateTimeOffset? deadline, CancellationToken outer)
    {
        _outer = outer;
        _total = total;
        _deadline = deadline;
        _limit = new CancellationTokenSource(total, task.Time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(outer, _limit.Token);
        var afterDot = _afterDot = new CancellationTokenSource(Timeout.InfiniteTimeSpan, task.Time);
        _onLimit = _limit.Token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), afterDot);
        _onOuter = outer.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).CancelAfter(_lastWait),
            afterDot
        );
    }

    public CancellationToken Token => _both.Token;

    /// <summary>
    /// Once the server has the whole mail: a task that is withdrawn then waits a moment for the answer, which tells whether the
    /// mail was sent.
    /// </summary>
    public CancellationToken AfterDot => _afterDot.Token;

    /// <summary>True when the time is over and nobody has given up.</summary>
    public bool IsOver => _limit.IsCancellationRequested && !_outer.IsCancellationRequested;

    public static Patience Begin(TaskContext task, TimeSpan total, CancellationToken outer)
    {
        if (task.Deadline is not { } deadline || deadline - task.Time.GetUtcNow() - _moment is var left && left > total)
            return new Patience(task, total, null, outer);
        return new Patience(task, left > TimeSpan.Zero ? left : TimeSpan.Zero, deadline, outer);
    }

    /// <summary>Turns the end of the time into an error that says what is known about the mail.</summary>
    public async Task<SmtpReceipt> GuardAsync(
        MailAccount account,
        SmtpSession session,
        Func<CancellationToken, Task<SmtpReceipt>> send
    )
    {
        try
        {
            return await send(Token);
        }
        catch (OperationCanceledException e) when (IsOver)
        {
            throw Over(account, session.MayHaveSent, e);
        }
        catch (OperationCanceledException e) when (session.MayHaveSent)
        {
            throw new ConnectivityErrorException(
                "timeout",
                $"The task was withdrawn when {account.Target} had the whole mail, and it did not answer within "
                    + $"{_lastWait.TotalSeconds:0} s. It may have taken the mail.",
                e
            )
            {
                Target = account.Target,
                EffectUnknown = true,
            };
        }
        catch (OperationCanceledException e)
        {
            // The last dot was not written.
            throw new CancelledWithoutEffectException(e);
        }
    }

    public ConnectivityErrorException Over(MailAccount account, bool effectUnknown, Exception cause)
    {
        var known = effectUnknown ? $"{account.Target} may have taken the mail." : "The mail was not sent.";
        return _deadline is { } deadline
            ? new ConnectivityErrorException(
                ErrorCodes.DeadlinePassed,
                $"The deadline {deadline:O} passed before {account.Target} had answered. {known}",
                cause
            )
            {
                Retryable = false,
                Target = account.Target,
                EffectUnknown = effectUnknown,
            }
            : new ConnectivityErrorException(
                "timeout",
                $"{account.Target} did not take the mail within {_total.TotalSeconds:0.###} s (Mail__TotalTimeout). {known}",
                cause
            )
            {
                Target = account.Target,
                EffectUnknown = effectUnknown,
            };
    }

    public void Dispose()
    {
        _onOuter.Dispose();
        _onLimit.Dispose();
        _afterDot.Dispose();
        _both.Dispose();
        _limit.Dispose();
    }
}
