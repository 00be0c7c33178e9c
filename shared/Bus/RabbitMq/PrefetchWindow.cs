namespace Integration.Bus.RabbitMq;

/// <summary>
/// How many deliveries of a pipe are out at once: its prefetch, and one after a message has cost the connection. With
/// each lost connection the broker counts a return of everything that was out; at one it counts only for the message that kills,
/// and the delivery limit expels that and not its neighbours. Doubles with every window that was settled.
/// </summary>
internal sealed class PrefetchWindow
{
    /// <summary>Losses in a row, with nothing settled in between, that are held for the work of a message whatever their reason.</summary>
    private const int FruitlessAtMost = 3;

    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private volatile bool _calm = true;
    private readonly int _widest;
    private int _size;
    private int _settled;
    private int _fruitless;
    private int _undecodable;

    /// <param name="widest">The pipe's prefetch.</param>
    public PrefetchWindow(int widest)
    {
        _widest = widest;
        _size = widest;
    }

    public int Size
    {
        get
        {
            lock (_lock)
                return _size;
        }
    }

    /// <summary>Losses in a row because of a message that the client cannot decode, with nothing settled in between.</summary>
    public int Undecodable
    {
        get
        {
            lock (_lock)
                return _undecodable;
        }
    }

    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_lock)
                return _fruitless < 2
                    ? TimeSpan.Zero
                    : TimeSpan.FromTicks(
                        Math.Min(_firstPause.Ticks << Math.Min(_fruitless - 2, 16), _longestPause.Ticks)
                    );
        }
    }

    /// <summary>A consumer has lost its channel.</summary>
    /// <param name="undecodable">Because the client could not decode what came.</param>
    public void Lost(bool undecodable)
    {
        lock (_lock)
        {
            _calm = false;
            _settled = 0;
            _fruitless++;
            _undecodable = undecodable ? _undecodable + 1 : 0;
            if (undecodable || _fruitless >= FruitlessAtMost)
                _size = 1;
        }
    }

    /// <summary>A delivery was handled. Says whether the window has grown by that.</summary>
    public bool Settled()
    {
        if (_calm)
            return false;
        lock (_lock)
        {
            _fruitless = 0;
            _undecodable = 0;
            _calm = _size == _widest;
            if (_calm || ++_settled < _size)
                return false;
            _settled = 0;
            _size = (int)Math.Min((long)_size * 2, _widest);
            return true;
        }
    }
}
