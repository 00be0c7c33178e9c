using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// A channel in confirm mode with its own tracking. The client's tracking costs a semaphore and two allocations per
/// publish and adds a header to every message (docs/decisions/10-publisher-confirms.md).
/// </summary>
internal sealed class ConfirmChannel : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly ConfirmWindow _window = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly IChannel _channel;
    private readonly PublishSettings _settings;
    private readonly ITimer _timer;
    private volatile bool _usable = true;
    private bool _open = true;

    private ConfirmChannel(IChannel channel, PublishSettings settings)
    {
        _channel = channel;
        _settings = settings;
        channel.BasicAcksAsync += OnAckAsync;
        channel.BasicNacksAsync += OnNackAsync;
        channel.ChannelShutdownAsync += OnShutdownAsync;
        var period = settings.ConfirmTimeout / 4;
        _timer = settings.Time.CreateTimer(_ => CheckTimeout(), null, period, period);
    }

    /// <summary>Whether to publish on it: not after a publish was refused on it, or it was closed.</summary>
    public bool Usable => _usable;

    public static async Task<ConfirmChannel> OpenAsync(
        IConnection connection,
        PublishSettings settings,
        CancellationToken cancellation
    )
    {
        var options = new CreateChannelOptions(
            publisherConfirmationsEnabled: true,
            publisherConfirmationTrackingEnabled: false
        );
        return new ConfirmChannel(await connection.CreateChannelAsync(options, cancellation), settings);
    }

    /// <summary>Sends it. One caller at a time, as the sequence numbers follow the order of the calls.</summary>
    public async ValueTask PublishAsync(PendingPublish pending)
    {
        pending.SentAt = _settings.Time.GetTimestamp();
        bool open;
        lock (_lock)
        {
            open = _open;
            if (open)
                _window.Add(pending);
        }

        if (!open)
        {
            _settings.Repeat([pending], "the channel was closed");
            return;
        }

        try
        {
            var message = pending.Message;
            await _channel.BasicPublishAsync(
                message.Exchange,
                message.RoutingKey,
                mandatory: false,
                message.Properties.ToAmqp(_settings.User),
                message.Body,
                _abandoned.Token
            );
        }
        catch (Exception e)
        {
            Abandon(e.Message);
        }
    }

    /// <summary>Closes the channel and repeats on another one whatever is not confirmed.</summary>
    public void Abandon(string reason)
    {
        List<PendingPublish> unconfirmed = [];
        lock (_lock)
        {
            if (!_open)
                return;
            _open = false;
            _usable = false;
            while (_window.TryTakeUpTo(ulong.MaxValue, out var pending))
                unconfirmed.Add(pending!);
        }

        Close();
        _settings.Repeat(unconfirmed, reason);
    }

    private Task OnAckAsync(object sender, BasicAckEventArgs ack)
    {
        var confirmed = new Confirmed();
        lock (_lock)
        {
            if (!ack.Multiple)
                confirmed.Add(_window.Take(ack.DeliveryTag));
            else
                while (_window.TryTakeUpTo(ack.DeliveryTag, out var pending))
                    confirmed.Add(pending);
        }

        if (confirmed.HasRepeated)
            _settings.Repeated();
        confirmed.Tell();
        CloseWhenDone();
        return Task.CompletedTask;
    }

    /// <summary>
    /// A channel that was opened while a quorum queue elected its leader can refuse everything for seconds, so the
    /// repeat goes over a fresh one; this one stays until what else is under way on it is confirmed.
    /// </summary>
    private Task OnNackAsync(object sender, BasicNackEventArgs nack)
    {
        List<PendingPublish> refused = [];
        lock (_lock)
        {
            _usable = false;
            if (!nack.Multiple && _window.Take(nack.DeliveryTag) is { } one)
                refused.Add(one);
            while (nack.Multiple && _window.TryTakeUpTo(nack.DeliveryTag, out var pending))
                refused.Add(pending!);
        }

        _settings.Repeat(refused, "the broker refused them");
        CloseWhenDone();
        return Task.CompletedTask;
    }

    private Task OnShutdownAsync(object sender, ShutdownEventArgs reason)
    {
        if (reason.ReplyCode == Constants.AccessRefused)
            FailForbidden(reason.ReplyText);
        Abandon(reason.ReplyText);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Publishes that the user has no permission for. Repeating them would close every further channel, and take with
    /// it what the user may publish. Only the broker's text says what it is about.
    /// </summary>
    private void FailForbidden(string reason)
    {
        lock (_lock)
        {
            foreach (var pending in _window.Where(pending => IsAbout(reason, pending.Message)))
                pending.Fail(new UnauthorizedAccessException($"RabbitMQ refuses the publish: {reason}"));
        }
    }

    /// <summary>A right may be refused for the whole exchange, or for one routing key ("topic") on it.</summary>
    private static bool IsAbout(string reason, OutgoingMessage message) =>
        reason.Contains($"'{message.Exchange}'", StringComparison.Ordinal)
        && (
            !reason.Contains(" topic '", StringComparison.Ordinal)
            || reason.Contains($" topic '{message.RoutingKey}'", StringComparison.Ordinal)
        );

    private void CheckTimeout()
    {
        bool late;
        lock (_lock)
        {
            late =
                _open
                && !_settings.Blocked()
                && _window.Oldest is { } oldest
                && _settings.Time.GetElapsedTime(oldest.SentAt) > _settings.ConfirmTimeout;
        }

        if (late)
            Abandon($"no confirm within {_settings.ConfirmTimeout}");
    }

    private void CloseWhenDone()
    {
        if (_usable)
            return;
        lock (_lock)
        {
            if (!_open || !_window.IsEmpty)
                return;
            _open = false;
        }

        Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _abandoned.CancelAsync();
        await _channel.CloseQuietlyAsync();
    }

    /// <summary>Not on the thread that brings the broker's answers, as closing waits for one.</summary>
    private void Close() => _ = Task.Run(async () => await DisposeAsync());
}
