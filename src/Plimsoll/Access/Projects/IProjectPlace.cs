namespace Plimsoll.Access.Projects;

/// <summary>
/// Knows to which project an address belongs. Implemented by the chapters whose nouns stand in addresses: a project by its
/// number or name, a deployment by its id.
/// </summary>
internal interface IProjectPlace
{
    /// <summary>Whether it knows addresses of this form.</summary>
    bool Knows(string routePattern);

    /// <summary>The project of an address that it knows; null when there is nothing at it.</summary>
    long? Find(RouteValueDictionary values);

    /// <summary>What there is not, for the same answer that the endpoint itself gives: "project 'shop'".</summary>
    string Missing(RouteValueDictionary values);
}
