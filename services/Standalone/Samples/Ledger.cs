namespace Integration.Standalone.Samples;

/// <summary>
/// What was really done in the sample systems. A request that repeats an <c>Idempotency-Key</c> gets the first answer
/// again and does nothing: the ledger shows one effect and two calls.
/// </summary>
/// <param name="time">When.</param>
internal sealed class Ledger(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<LedgerEntry> _effects = [];

    /// <summary>Everything done so far, oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Effects
    {
        get
        {
            lock (_lock)
                return [.. _effects];
        }
    }

    /// <summary>Does it, unless it was done with the same key before.</summary>
    /// <param name="request">Its header <c>Idempotency-Key</c> is honoured.</param>
    /// <param name="system">Which system.</param>
    /// <param name="about">What the effect is about, e.g. the number of an order.</param>
    /// <param name="answer">The answer, made from the number of the effect.</param>
    public IResult Do(HttpRequest request, string system, string about, Func<int, object> answer)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        lock (_lock)
        {
            var index = key.Length == 0 ? -1 : _effects.FindIndex(done => done.System == system && done.Key == key);
            if (index < 0)
            {
                index = _effects.Count;
                _effects.Add(new LedgerEntry(system, about, key, time.GetUtcNow(), Calls: 0, answer(index + 1)));
            }

            var entry = _effects[index];
            _effects[index] = entry with { Calls = entry.Calls + 1 };
            return Results.Json(entry.Answer, statusCode: StatusCodes.Status201Created);
        }
    }
}

/// <summary>One thing that was done.</summary>
/// <param name="System">Where.</param>
/// <param name="About">What it is about.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; empty when there was none.</param>
/// <param name="At">When.</param>
/// <param name="Calls">How often it was asked for.</param>
/// <param name="Answer">What was answered, every time.</param>
internal sealed record LedgerEntry(
    string System,
    string About,
    string Key,
    DateTimeOffset At,
    int Calls,
    object Answer
);
