namespace Integration.Fixtures;

/// <summary>Which release of RabbitMQ a test runs against.</summary>
public enum RabbitMqRelease
{
    /// <summary>What is installed on the machine: 3.10 on Debian 12.</summary>
    Installed,

    /// <summary>
    /// RabbitMQ 4 of Debian 13, in a folder that is made once per user (<c>tests/Fixtures/debian13.sh</c>). Needs root.
    /// </summary>
    Four,
}
