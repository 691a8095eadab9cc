using System.Net;

namespace Plimsoll.Access;

internal static class ClientAddress
{
    public static string Text(IPAddress? address) => address switch
    {
        null => "an unknown address",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ => address.ToString(),
    };
}
