using Integration.Errors;
using Integration.Http;
using Integration.Soap.Security;
using Integration.Soap.Settings;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Services;

/// <summary>A service with its WSDL, which is read when it is first needed, and again after a while.</summary>
internal sealed class ConfiguredService(
    string name,
    ServiceOptions options,
    TimeSpan refresh,
    ServiceSecurity security,
    IWsdlReader reader,
    TimeProvider time,
    ILogger log
)
{
    private static readonly TimeSpan _pauseAfterFailure = TimeSpan.FromMinutes(1);

    private const int MaxTold = 5;

    private readonly Lock _lock = new();
    private Task<WsdlDescription>? _reading;
    private WsdlDescription? _current;
    private long _due;

    /// <summary>Where its WSDL is.</summary>
    public Uri Location { get; } =
        Uri.TryCreate(options.Wsdl, UriKind.Absolute, out var uri) ? uri : new Uri(Path.GetFullPath(options.Wsdl));

    /// <summary>As configured.</summary>
    public string Name => name;

    public ServiceOptions Options => options;

    public ServiceSecurity Security => security;

    /// <summary>Of HTTP, for tasks that bring none; null for none.</summary>
    public Authentication? Authentication { get; } =
        options.Authentication.Length > 0 ? new Authentication(Profile: options.Authentication) : null;

    /// <summary>Of HTTP, where the WSDL is fetched from; null for none.</summary>
    public Authentication? WsdlAuthentication
    {
        get
        {
            if (options.WsdlAuthentication.Length > 0)
                return new Authentication(Profile: options.WsdlAuthentication);
            // Who says where calls go gets their credentials anyway. Another origin has to be named.
            var isAtHome =
                options.Address.Length == 0
                || new Uri(options.Address).GetLeftPart(UriPartial.Authority)
                    == Location.GetLeftPart(UriPartial.Authority);
            return isAtHome ? Authentication : null;
        }
    }

    /// <summary>What was read last; null before.</summary>
    public WsdlDescription? Current => _current;

    /// <summary>
    /// The WSDL. All who wait for the first reading get its outcome; a later one runs while the old one is used.
    /// </summary>
    public async Task<WsdlDescription> DescribeAsync(CancellationToken cancellation)
    {
        Task<WsdlDescription> reading;
        lock (_lock)
        {
            if (_current is { } current)
            {
                if (_reading is null && time.GetTimestamp() >= _due)
                    _ = ReadAgainAsync(_reading = Task.Run(ReadAsync, CancellationToken.None));
                return current;
            }

            reading = _reading ??= Task.Run(ReadAsync, CancellationToken.None);
        }

        return await reading.WaitAsync(cancellation);
    }

    /// <summary>The port that a task means.</summary>
    /// <param name="wsdl">Of this service.</param>
    /// <param name="port">Of the task; null for none.</param>
    /// <param name="operation">Of the task.</param>
    /// <exception cref="DataErrorException">Code <c>unknown-port</c>.</exception>
    public WsdlPort PortOf(WsdlDescription wsdl, string? port, string operation)
    {
        var named = port ?? (options.Port.Length > 0 ? options.Port : null);
        if (named is not null)
            return wsdl.Port(named);
        var having = wsdl.Ports.Where(one => one.Operations.ContainsKey(operation)).ToList();
        return having.Select(one => one.Service).Distinct().Count() == 1 ? having[0] : wsdl.Port();
    }

    /// <summary>Where the port is called; null when neither the setting nor the WSDL says.</summary>
    public Uri? AddressOf(WsdlPort port) => options.Address.Length > 0 ? new Uri(options.Address) : port.Address;

    private async Task<WsdlDescription> ReadAsync()
    {
        try
        {
            var wsdl = await reader.ReadAsync(Location, WsdlAuthentication, CancellationToken.None);
            // What was there once is more likely away than gone; with the old one its operations go on.
            if (_current is { Absent: null } && wsdl.Absent is { } absent)
                throw WsdlErrors.Incomplete(Location, absent);
            Tell(wsdl);
            lock (_lock)
            {
                _current = wsdl;
                _due = In(refresh);
            }

            return wsdl;
        }
        finally
        {
            lock (_lock)
                _reading = null;
        }
    }

    // Logged once, and again when they change.
    private void Tell(WsdlDescription wsdl)
    {
        if (wsdl.Notices.Count == 0 || _current?.Notices.SequenceEqual(wsdl.Notices) == true)
            return;
        log.LogWarning(
            "The WSDL of {Service} has flaws, which are passed over, or refuse the operations that they concern: {Notices}",
            name,
            string.Join(' ', wsdl.Notices.Take(MaxTold))
                + (wsdl.Notices.Count > MaxTold ? " --wsdl lists all of them." : "")
        );
    }

    private async Task ReadAgainAsync(Task reading)
    {
        try
        {
            await reading;
        }
        catch (Exception e)
        {
            // Whatever it is: nothing else observes it, and with the old one calls go on.
            _due = In(_pauseAfterFailure);
            log.LogWarning(
                "The WSDL of {Service} cannot be read again, and the old one is used: {Reason}",
                name,
                e.Message
            );
        }
    }

    private long In(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);
}
